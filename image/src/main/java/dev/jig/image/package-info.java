/** Gadget images: names, the store on disk, building, export and import. */
package dev.jig.image;
