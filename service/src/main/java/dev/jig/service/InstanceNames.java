// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Ids and names of instances. */
public final class InstanceNames {
    private static final int ID_LENGTH = 32;
    private static final int LONGEST_NAME = 32;
    private static final List<String> ADJECTIVES = List.of(
            "able", "agile", "amber", "awake", "bold", "brave", "bright", "brisk", "busy", "calm", "candid", "clever",
            "cosy", "curious", "daring", "deft", "eager", "early", "fair", "fleet", "fond", "frank", "gentle", "glad",
            "happy", "hardy", "honest", "humble", "jolly", "keen", "kind", "lively", "lucid", "merry", "mild", "neat",
            "nimble", "patient", "plain", "polite", "proud", "quick", "quiet", "ready", "sharp", "sincere", "sober",
            "steady", "sunny", "swift", "tidy", "upbeat", "vivid", "warm", "wise", "witty", "zesty");
    private static final List<String> SURNAMES = List.of(
            "abel",
            "ampere",
            "babbage",
            "bell",
            "boole",
            "bohr",
            "cantor",
            "church",
            "curie",
            "darwin",
            "descartes",
            "dijkstra",
            "einstein",
            "euclid",
            "euler",
            "faraday",
            "fermat",
            "fourier",
            "galilei",
            "galois",
            "gauss",
            "germain",
            "goedel",
            "hamilton",
            "hertz",
            "hilbert",
            "hopper",
            "huygens",
            "jacobi",
            "joule",
            "kepler",
            "kovalevskaya",
            "lagrange",
            "laplace",
            "leibniz",
            "lovelace",
            "maxwell",
            "meitner",
            "mendel",
            "minkowski",
            "newton",
            "noether",
            "ohm",
            "pascal",
            "planck",
            "poincare",
            "ramanujan",
            "riemann",
            "shannon",
            "tesla",
            "turing",
            "volta",
            "watt",
            "weyl",
            "wiener",
            "zuse");

    private InstanceNames() {}

    /** A new id: 32 hexadecimal digits. */
    public static String newId() {
        byte[] bytes = new byte[ID_LENGTH / 2];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A new name for people. */
    public static String newName() {
        SecureRandom random = new SecureRandom();
        return ADJECTIVES.get(random.nextInt(ADJECTIVES.size())) + "_" + SURNAMES.get(random.nextInt(SURNAMES.size()));
    }

    /** Whether a text is an id. */
    public static boolean isId(String text) {
        return text.length() == ID_LENGTH && consistsOf(text, false);
    }

    /** Whether a text is a name. */
    public static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && consistsOf(text, true);
    }

    private static boolean consistsOf(String text, boolean name) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'a' && c <= (name ? 'z' : 'f');
            boolean mark = name && (c == '-' || c == '_');
            if (!digit && !letter && !mark) {
                return false;
            }
        }
        return true;
    }
}
