/** Adds readable siblings to raw fields: names of errors and signals, times, sizes, flags. */
package dev.jig.operators.formatters;
