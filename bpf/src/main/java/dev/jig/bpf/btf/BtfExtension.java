// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.btf;

import dev.jig.bpf.bytes.ByteView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The {@code .BTF.ext} section: which function starts where, which source line an instruction is of, and the CO-RE relocations; all per program section
 * (kernel: {@code Documentation/bpf/btf.rst}, ".BTF.ext section").
 *
 * <pre>
 *   header: magic 2, version 1, flags 1, hdr_len 4, func_info off/len 8, line_info off/len 8 [, core_relo off/len 8]
 *   part:   record size 4, then for each section: name 4, count 4, records
 * </pre>
 */
public final class BtfExtension {
    private static final int CORE_HEADER_SIZE = 32;
    private static final int HEADER_SIZE = 24;
    private static final int MAXIMUM_SECTIONS = 1 << 12;
    private static final BtfExtension EMPTY = new BtfExtension(List.of(), List.of(), List.of());

    private final List<ExtensionSection> functions;
    private final List<ExtensionSection> lines;
    private final List<ExtensionSection> relocations;

    private BtfExtension(
            List<ExtensionSection> functions, List<ExtensionSection> lines, List<ExtensionSection> relocations) {
        this.functions = functions;
        this.lines = lines;
        this.relocations = relocations;
    }

    /** What an object without the section has. */
    public static BtfExtension empty() {
        return EMPTY;
    }

    /** Reads the section; {@code btf} of the same object holds its strings. The array must not be changed later. */
    public static BtfExtension parse(String title, byte[] bytes, Btf btf) {
        return parse(ByteView.of(title, bytes, btf.byteOrder(), BtfHeader.FAILURE), btf);
    }

    private static BtfExtension parse(ByteView view, Btf btf) {
        if (view.u16(0) != BtfHeader.MAGIC || view.u8(2) != 1) {
            throw new BtfException(
                    view.name() + ": no BTF.ext magic number and version 1 in the byte order of the BTF");
        }
        long header = view.u32(4);
        if (header < HEADER_SIZE) {
            throw new BtfException(view.name() + ": header length " + header + " is below " + HEADER_SIZE);
        }
        List<ExtensionSection> relocations =
                header < CORE_HEADER_SIZE ? List.of() : part(view, btf, header, 24, 16, "core_relo");
        return new BtfExtension(
                part(view, btf, header, 8, 8, "func_info"), part(view, btf, header, 16, 16, "line_info"), relocations);
    }

    private static List<ExtensionSection> part(
            ByteView view, Btf btf, long header, int field, int minimumRecord, String what) {
        ByteView part = view.slice(view.name() + ": " + what, header + view.u32(field), view.u32(field + 4));
        if (part.size() == 0) {
            return List.of();
        }
        long recordSize = part.u32(0);
        if (recordSize < minimumRecord || recordSize % 4 != 0) {
            throw new BtfException(part.name() + ": record size " + recordSize + " is not supported");
        }
        List<ExtensionSection> sections = new ArrayList<>();
        long at = 4;
        while (at < part.size()) {
            long count = part.u32(at + 4);
            String name = btf.string(part.u32(at));
            ByteView records = part.slice(part.name() + " of " + name, at + 8, count * recordSize);
            sections.add(new ExtensionSection(name, (int) recordSize, (int) count, records));
            at += 8 + records.size();
            if (sections.size() > MAXIMUM_SECTIONS) {
                throw new BtfException(part.name() + ": more than " + MAXIMUM_SECTIONS + " sections");
            }
        }
        return Collections.unmodifiableList(sections);
    }

    /** Functions of each section: records of instruction offset in bytes and type id. */
    public List<ExtensionSection> functions() {
        return functions;
    }

    /** Lines of each section: records of instruction offset in bytes, file, text, line and column. */
    public List<ExtensionSection> lines() {
        return lines;
    }

    /** CO-RE relocations of each section: records of instruction offset in bytes, type id, access string and kind. */
    public List<ExtensionSection> relocations() {
        return relocations;
    }
}
