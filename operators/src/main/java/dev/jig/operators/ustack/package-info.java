/** Shows user stacks. */
package dev.jig.operators.ustack;
