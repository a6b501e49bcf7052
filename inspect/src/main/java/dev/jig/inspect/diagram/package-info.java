/** Which program touches which map, by upstream's rules, and the two diagrams of that. */
package dev.jig.inspect.diagram;
