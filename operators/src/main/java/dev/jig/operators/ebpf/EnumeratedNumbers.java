// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.btf.BtfType;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.NumberNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The numbers of an enumerated type by their names. Of several names for a number the first one counts.
 *
 * @param number reader of the field
 */
record EnumeratedNumbers(LongReader number, List<BtfType.Enumerator> enumerators) implements NumberNames {
    /** The name of all numbers that have none. */
    static final String UNKNOWN = "UNKNOWN";

    @Override
    public List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (BtfType.Enumerator enumerator : enumerators) {
            if (seen.add(enumerator.value()) && enumerator.name().equals(name) && !name.equals(UNKNOWN)) {
                numbers.add(enumerator.value());
            }
        }
        return numbers;
    }
}
