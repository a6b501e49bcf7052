/** Prints the events of a run. */
package dev.jig.operators.cli;
