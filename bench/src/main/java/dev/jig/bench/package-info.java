/** Benchmarks of single parts of the way of an event. */
package dev.jig.bench;
