/** Pictures and pages for browsers, which need nothing from anywhere and run nothing. */
package dev.jig.inspect.page;
