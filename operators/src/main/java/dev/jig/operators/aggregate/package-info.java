/** Counts and sums the records of any data source by some of their fields. */
package dev.jig.operators.aggregate;
