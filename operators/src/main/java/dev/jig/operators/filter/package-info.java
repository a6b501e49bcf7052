/** Keeps records back that do not fulfil what the user asked for. */
package dev.jig.operators.filter;
