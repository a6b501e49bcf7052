// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The strings of a BTF in the making: each once, the empty one at 0. Strings that were there before keep their offsets. */
final class StringTable {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Integer> added = new HashMap<>();

    StringTable() {
        bytes.write(0);
    }

    StringTable(byte[] existing) {
        bytes.write(existing, 0, existing.length);
        if (existing.length == 0) {
            bytes.write(0);
        }
    }

    int add(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Integer known = added.get(text);
        if (known != null) {
            return known;
        }
        if (text.indexOf('\0') >= 0) {
            throw new BtfException("a name holds a NUL character");
        }
        int offset = bytes.size();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.write(encoded, 0, encoded.length);
        bytes.write(0);
        added.put(text, offset);
        return offset;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
