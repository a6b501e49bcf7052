// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ustack;

import dev.jig.gadget.GadgetException;

/**
 * Where names of functions come from.
 *
 * @param tables the symbol tables of programs
 * @param debuginfodCache what {@code debuginfod-find} has fetched, by build id
 */
record Symbolizers(boolean tables, boolean debuginfodCache) {
    private static final String VALUES = "\"none\", \"auto\", or a list of \"symtab\", \"debuginfod-cache\"";

    /**
     * Understands the value of the param.
     *
     * @throws GadgetException for anything else
     */
    static Symbolizers parse(String text) {
        if (text.isEmpty() || text.equals("none")) {
            return new Symbolizers(false, false);
        }
        if (text.equals("auto")) {
            return new Symbolizers(true, false);
        }
        boolean tables = false;
        boolean cache = false;
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            switch (text.substring(start, end)) {
                case "symtab" -> tables = true;
                case "debuginfod-cache" -> cache = true;
                // Only a server that others talk to has one.
                case "debuginfod-cache-on-ig-server" -> {}
                case "otel-ebpf-profiler" ->
                    throw new GadgetException("symbolizer \"otel-ebpf-profiler\" is not available here: use " + VALUES);
                default ->
                    throw new GadgetException(
                            "unknown symbolizer \"" + text.substring(start, end) + "\": expected " + VALUES);
            }
            start = end + 1;
        }
        return new Symbolizers(tables, cache);
    }
}
