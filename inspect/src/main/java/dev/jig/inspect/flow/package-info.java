/** What programs do with maps and memory, found by following control and data through their instructions. */
package dev.jig.inspect.flow;
