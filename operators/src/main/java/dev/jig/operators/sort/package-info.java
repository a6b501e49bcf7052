/** Sorts the records of arrays. */
package dev.jig.operators.sort;
