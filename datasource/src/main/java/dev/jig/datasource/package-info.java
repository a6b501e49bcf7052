/**
 * Data sources: named, typed channels of records. A {@link dev.jig.datasource.Record} points at raw bytes, a
 * {@link dev.jig.datasource.Field} says where a value lies or how it is derived, and writers turn records into JSON, YAML or
 * columns by plans made once, before the first event.
 */
package dev.jig.datasource;
