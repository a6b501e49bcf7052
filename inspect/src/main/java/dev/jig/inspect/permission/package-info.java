/** What gadgets may do to a system: found in their bytes, declared beside images, compared, and allowed or not. */
package dev.jig.inspect.permission;
