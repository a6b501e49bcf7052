/** What a gadget is and how it runs: metadata, params, the context of a run, and the operators that take part in it. */
package dev.jig.gadget;
