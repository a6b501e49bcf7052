/** Adds what is known of the container that an event comes from. */
package dev.jig.operators.containers;
