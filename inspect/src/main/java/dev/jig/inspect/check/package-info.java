/** Whether gadgets will load on a machine, told without loading them. */
package dev.jig.inspect.check;
