// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect;

import dev.jig.bpf.bytes.ByteView;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What a WebAssembly module says without being run: the functions it takes from the host, and the version that its function {@code gadgetAPIVersion} returns,
 * if that is a constant (WebAssembly core specification, "Binary Format").
 *
 * @param imports names of functions imported from module {@code ig}, in their order
 * @param version of the API; nothing if the module must be run to know it
 */
record WasmFacts(List<String> imports, OptionalLong version) {
    private static final int IMPORT_SECTION = 2;
    private static final int EXPORT_SECTION = 7;
    private static final int CODE_SECTION = 10;
    private static final int HEADER = 8;
    private static final int MAGIC = 0x6d736100;
    private static final int I32_CONSTANT = 0x41;
    private static final int I64_CONSTANT = 0x42;
    private static final int MOST_ENTRIES = 1 << 16;

    static WasmFacts of(byte[] module) {
        ByteView view = ByteView.of("wasm module", module, ByteOrder.LITTLE_ENDIAN, InspectException::new);
        if (view.size() < HEADER || view.s32(0) != MAGIC) {
            throw new InspectException("wasm module: no WebAssembly binary");
        }
        return new Reader(view).read();
    }

    void addTo(Map<String, Supplier<Entry>> entries) {
        entries.put("wasm.upcalls", () -> Entry.json(imports));
        version.ifPresent(number -> entries.put("wasm.gadgetAPIVersion", () -> Entry.text(String.valueOf(number))));
    }

    /** Goes through the sections once. */
    private static final class Reader {
        private final ByteView view;
        private long at = HEADER;
        private final List<String> imports = new ArrayList<>();
        private int importedFunctions;
        private Optional<Long> versionFunction = Optional.empty();
        private OptionalLong version = OptionalLong.empty();

        Reader(ByteView view) {
            this.view = view;
        }

        WasmFacts read() {
            while (at < view.size()) {
                int section = view.u8(at++);
                long end = number() + at;
                if (section == IMPORT_SECTION) {
                    readImports();
                } else if (section == EXPORT_SECTION) {
                    readExports();
                } else if (section == CODE_SECTION) {
                    readCode();
                }
                if (end < at && section != CODE_SECTION) {
                    throw new InspectException("wasm module: section " + section + " ends before its entries");
                }
                at = end;
            }
            return new WasmFacts(List.copyOf(imports), version);
        }

        /** Unsigned LEB128, at most 32 bits. */
        private long number() {
            long value = 0;
            for (int shift = 0; shift < Integer.SIZE; shift += 7) {
                int next = view.u8(at++);
                value |= (long) (next & 0x7f) << shift;
                if ((next & 0x80) == 0) {
                    return value;
                }
            }
            throw new InspectException("wasm module: number at offset " + at + " is too long");
        }

        private long signedNumber() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                int next = view.u8(at++);
                value |= (long) (next & 0x7f) << shift;
                if ((next & 0x80) == 0) {
                    int unused = Long.SIZE - shift - 7;
                    return unused > 0 ? value << unused >> unused : value;
                }
            }
            throw new InspectException("wasm module: number at offset " + at + " is too long");
        }

        private long count() {
            long count = number();
            if (count > MOST_ENTRIES) {
                throw new InspectException("wasm module: " + count + " entries, more than " + MOST_ENTRIES);
            }
            return count;
        }

        private String name() {
            long length = number();
            String name = new String(
                    view.toByteArray(at, (int) Math.min(length, Integer.MAX_VALUE)),
                    java.nio.charset.StandardCharsets.UTF_8);
            at += length;
            return name;
        }

        private void readImports() {
            for (long left = count(); left > 0; left--) {
                String module = name();
                String name = name();
                int kind = view.u8(at++);
                if (kind == 0) {
                    importedFunctions++;
                    if (module.equals("ig")) {
                        imports.add(name);
                    }
                }
                skipDescription(kind);
            }
        }

        private void skipDescription(int kind) {
            if (kind == 1) {
                at++;
            }
            if (kind == 1 || kind == 2) {
                int limits = view.u8(at++);
                number();
                if ((limits & 1) != 0) {
                    number();
                }
            } else if (kind == 0) {
                number();
            } else if (kind == 3) {
                at += 2;
            } else {
                throw new InspectException("wasm module: import of unknown kind " + kind);
            }
        }

        private void readExports() {
            for (long left = count(); left > 0; left--) {
                String name = name();
                int kind = view.u8(at++);
                long index = number();
                if (kind == 0 && name.equals("gadgetAPIVersion")) {
                    versionFunction = Optional.of(index);
                }
            }
        }

        private void readCode() {
            long count = count();
            for (long function = importedFunctions; function < importedFunctions + count; function++) {
                long size = number();
                long end = at + size;
                if (versionFunction.filter(Long.valueOf(function)::equals).isPresent()) {
                    readConstant();
                    return;
                }
                at = end;
            }
        }

        /** A body without locals that begins with a constant. */
        private void readConstant() {
            boolean noLocals = number() == 0;
            int opcode = view.u8(at++);
            if (noLocals && (opcode == I32_CONSTANT || opcode == I64_CONSTANT)) {
                version = OptionalLong.of(signedNumber());
            }
        }
    }
}
