/** The programs that users start: thin commands over the other modules. */
package dev.jig.cli;
