/** Loads objects: their maps, data sections and programs become kernel objects that refer to one another. */
package dev.jig.bpf.load;
