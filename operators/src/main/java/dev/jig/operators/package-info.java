/** What several operators share, which do not know one another. */
package dev.jig.operators;
