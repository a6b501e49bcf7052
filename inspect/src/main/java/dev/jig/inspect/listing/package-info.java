/** Programs as flat lists of annotated instructions, and their text as upstream's listings have it. */
package dev.jig.inspect.listing;
