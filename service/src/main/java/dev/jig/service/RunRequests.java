// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How requests of clients become runs.
 *
 * @param host where gadgets run
 * @param settings the daemon's own values of global params, by fully qualified names; what clients say about those params is ignored
 * @param compat whether runs keep upstream's habits
 */
record RunRequests(GadgetHost host, Map<String, String> settings, boolean compat) {
    RunRequests {
        settings = Map.copyOf(settings);
    }

    /** What the operators of a run share. */
    GadgetContext context(String image, Map<String, String> asked, Log log) {
        Map<String, String> values = new LinkedHashMap<>(asked);
        for (Param param : host.globalParams()) {
            values.remove(param.qualifiedName());
        }
        values.putAll(settings);
        return new GadgetContext(image, new RunOptions(ParamValues.of(values), log, compat));
    }

    /**
     * Refuses values that the gadget's params do not take.
     *
     * @throws ServiceException naming the first one
     */
    static void check(GadgetContext context) {
        ParamValues values = context.options().values();
        for (Param param : context.params()) {
            String value = values.find(param).orElse("");
            if (!value.isEmpty()) {
                param.problem(value).ifPresent(problem -> {
                    throw new ServiceException("validating params: " + problem);
                });
            }
        }
    }

    /**
     * Refuses another version of the protocol.
     *
     * @throws ServiceException naming both
     */
    static void requireVersion(int version) {
        if (version != Methods.VERSION) {
            throw new ServiceException(
                    "expected version to be " + Methods.VERSION + ", got " + Integer.toUnsignedString(version));
        }
    }
}
