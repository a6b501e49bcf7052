/** Layers of tests that need more than a JVM: a real kernel, other programs to compare with, virtual machines. */
@org.jspecify.annotations.NullMarked
package dev.jig.testing;
