/** What the running kernel is and can do, each fact with the sentence that a user needs. */
package dev.jig.bpf.features;
