/** Adds the names of users and groups beside their numbers. */
package dev.jig.operators.ids;
