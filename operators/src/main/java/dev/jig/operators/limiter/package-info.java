/** Cuts arrays after some records. */
package dev.jig.operators.limiter;
