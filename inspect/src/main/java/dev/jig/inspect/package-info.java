/** What gadgets do, need and may do, read from the bytes of their images. */
package dev.jig.inspect;
