/** Filters of records: two languages, both compiled to one checked predicate over raw bytes. */
package dev.jig.datasource.filter;
