// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A daemon to talk to.
 *
 * @param address where it listens
 * @param node what it is called in outputs and messages
 */
public record Target(ListenAddress address, String node) {
    /**
     * Reads a list of addresses, separated by commas. Where two are on one host, their names have the port.
     *
     * @throws ServiceException when one is malformed or there twice
     */
    public static List<Target> parse(String text) {
        List<ListenAddress> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            ListenAddress address = ListenAddress.parse(part.strip());
            if (addresses.contains(address)) {
                throw new ServiceException("duplicate address: " + part.strip());
            }
            addresses.add(address);
        }
        Map<String, Integer> uses = new HashMap<>();
        addresses.forEach(address -> uses.merge(shortName(address), 1, Integer::sum));
        List<Target> targets = new ArrayList<>();
        for (ListenAddress address : addresses) {
            String name = shortName(address);
            targets.add(new Target(address, uses.getOrDefault(name, 0) == 1 ? name : longName(address)));
        }
        return targets;
    }

    private static String shortName(ListenAddress address) {
        // Not a pattern switch: its bootstrap would cost milliseconds of each start.
        return address instanceof ListenAddress.Tcp tcp ? tcp.host() : "local";
    }

    private static String longName(ListenAddress address) {
        return switch (address) {
            case ListenAddress.Unix unix -> "local:" + unix.path();
            case ListenAddress.Tcp tcp -> tcp.host() + ":" + tcp.port();
        };
    }
}
