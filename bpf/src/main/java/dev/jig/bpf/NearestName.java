// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf;

import java.util.Optional;

/** Finds, among many names, the one that needs the fewest changes of single characters to become another. */
public final class NearestName {
    private static final int LONGEST = 256;

    private final String wanted;
    private int limit;
    private Optional<String> found = Optional.empty();

    /**
     * @param wanted what the others are compared with
     */
    public NearestName(String wanted) {
        this.wanted = wanted;
        this.limit = Math.max(2, wanted.length() / 3) + 1;
    }

    /** Looks at one of the others. */
    public void consider(String name) {
        if (wanted.length() > LONGEST || Math.abs(name.length() - wanted.length()) >= limit) {
            return;
        }
        int distance = distance(name);
        if (distance < limit) {
            limit = distance;
            found = Optional.of(name);
        }
    }

    /** Levenshtein distance; gives up when it cannot be below the limit. */
    private int distance(String name) {
        int[] previous = new int[name.length() + 1];
        for (int i = 0; i < previous.length; i++) {
            previous[i] = i;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            int[] current = new int[previous.length];
            current[0] = i;
            int least = i;
            for (int j = 1; j < current.length; j++) {
                int replaced = previous[j - 1] + (wanted.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
                least = Math.min(least, current[j]);
            }
            if (least >= limit) {
                return limit;
            }
            previous = current;
        }
        return previous[name.length()];
    }

    /** The one that is most like what is wanted, if any is alike at all. */
    public Optional<String> found() {
        return found;
    }

    /** The end of a message: what was perhaps meant, or nothing. */
    public String hint() {
        return found.map(name -> " (nearest: " + name + ")").orElse("");
    }
}
