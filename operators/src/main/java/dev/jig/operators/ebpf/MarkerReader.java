// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.Linkage;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the markers of an object: its global variables of type {@code const void *} with telling names, in BTF order. */
public final class MarkerReader {
    private static final String SEPARATOR = "___";
    private static final String NO_TARGET = "none";
    private static final String KERNEL_SYMBOL = "gadget_ksym___";
    private static final String KERNEL_SYMBOL_END = "gadget_ksymend___";

    private final Btf btf;
    private final Log log;

    /**
     * @param log where warnings about old markers go
     */
    public MarkerReader(Btf btf, Log log) {
        this.btf = btf;
        this.log = log;
    }

    /** All markers, each once. */
    public List<Marker> read() {
        Set<Marker> markers = new LinkedHashSet<>();
        for (int id = 1; id < btf.typeCount(); id++) {
            if (btf.kind(id) == BtfKind.VARIABLE && isMarker(id)) {
                read(btf.name(id)).ifPresent(markers::add);
            }
        }
        return List.copyOf(markers);
    }

    private boolean isMarker(int variable) {
        if (btf.linkage(variable) != Linkage.GLOBAL) {
            return false;
        }
        int pointer = btf.target(variable);
        if (btf.kind(pointer) != BtfKind.POINTER) {
            return false;
        }
        int target = btf.target(pointer);
        return btf.kind(target) == BtfKind.CONST && btf.kind(btf.target(target)) == BtfKind.VOID;
    }

    private Optional<Marker> read(String name) {
        if (name.startsWith("gadget_tracer_")) {
            return Optional.of(tracer(rest(name, "gadget_tracer_")));
        }
        if (name.startsWith("gadget_iter_")) {
            return Optional.of(iterator(rest(name, "gadget_iter_")));
        }
        if (name.startsWith("gadget_snapshotter_")) {
            log.warn("gadget_snapshotter_ prefix is deprecated; please use gadget_iter_ instead");
            return Optional.of(iterator(rest(name, "gadget_snapshotter_")));
        }
        if (name.startsWith("gadget_mapiter_")) {
            return Optional.of(mapIterator(rest(name, "gadget_mapiter_")));
        }
        if (name.startsWith("gadget_mapelem_iter_target_")) {
            return Optional.of(iteratorTarget(rest(name, "gadget_mapelem_iter_target_")));
        }
        if (name.startsWith("gadget_sk_prog_target_")) {
            return Optional.of(socketTarget(rest(name, "gadget_sk_prog_target_")));
        }
        if (name.startsWith("gadget_map_tracer_")) {
            return Optional.of(new Marker.TracerMap(rest(name, "gadget_map_tracer_")));
        }
        if (name.startsWith("gadget_param_")) {
            return Optional.of(new Marker.Parameter(rest(name, "gadget_param_")));
        }
        return readOfJob(name);
    }

    private static Optional<Marker> readOfJob(String name) {
        if (name.startsWith("gadget_job___")) {
            List<String> parts = split(name, "gadget_job___", 2, 2, "<job>___<program>");
            return Optional.of(new Marker.JobProgram(parts.get(0), parts.get(1)));
        }
        if (name.startsWith("gadget_alternative___")) {
            return Optional.of(alternative(name));
        }
        if (name.startsWith("gadget_joboptional___")) {
            List<String> parts = split(name, "gadget_joboptional___", 1, 1, "<job>");
            return Optional.of(new Marker.OptionalJob(parts.getFirst()));
        }
        if (name.startsWith("gadget_selftest___")) {
            List<String> parts = split(name, "gadget_selftest___", 3, 3, "<job>___<rank>___<name>");
            return Optional.of(new Marker.VariantTest(parts.get(0), rank(parts.get(1), name), parts.get(2)));
        }
        if (name.startsWith("gadget_variantname___")) {
            List<String> parts = split(name, "gadget_variantname___", 3, 3, "<job>___<rank>___<name>");
            return Optional.of(new Marker.VariantName(parts.get(0), rank(parts.get(1), name), parts.get(2)));
        }
        if (name.startsWith(KERNEL_SYMBOL)) {
            return Optional.of(kernelSymbol(name, KERNEL_SYMBOL, false));
        }
        if (name.startsWith(KERNEL_SYMBOL_END)) {
            return Optional.of(kernelSymbol(name, KERNEL_SYMBOL_END, true));
        }
        return Optional.empty();
    }

    private static Marker kernelSymbol(String name, String prefix, boolean end) {
        List<String> parts = split(name, prefix, 2, 2, "<variable>___<symbol>");
        return new Marker.KernelSymbol(parts.get(0), parts.get(1), end);
    }

    /** The target may have slashes, which are written as the separator is. */
    private static Marker alternative(String name) {
        String expected = "<job>___<rank>___<kind>___<target>___<function>";
        List<String> parts = split(name, "gadget_alternative___", 5, Integer.MAX_VALUE, expected);
        String target = String.join("/", parts.subList(3, parts.size() - 1));
        return new Marker.Alternative(
                parts.get(0),
                rank(parts.get(1), name),
                parts.get(2),
                target.equals(NO_TARGET) ? "" : target,
                parts.getLast());
    }

    private static int rank(String text, String name) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw problem(name, "rank \"" + text + "\" is not a number");
        }
    }

    private static List<String> split(String name, String prefix, int least, int most, String expected) {
        List<String> parts = split(rest(name, prefix));
        if (parts.size() < least || parts.size() > most || parts.contains("")) {
            throw problem(name, "invalid marker, expected " + prefix + expected + ", got \"" + name + "\"");
        }
        return parts;
    }

    private static String rest(String name, String prefix) {
        return name.substring(prefix.length());
    }

    private static Marker tracer(String rest) {
        List<String> parts = split(rest);
        if (parts.size() != 3) {
            throw problem(rest, "invalid tracer info: \"" + rest + "\"");
        }
        return new Marker.Tracer(parts.get(0), parts.get(1), parts.get(2));
    }

    private static Marker iterator(String rest) {
        List<String> parts = split(rest);
        if (parts.size() < 3 || parts.contains("")) {
            throw problem(
                    rest,
                    "invalid iterator definition, expected format: <name>___<structName>___<program1>___...___<programN>,"
                            + " got \"" + rest + "\"");
        }
        return new Marker.Iterator(parts.get(0), parts.get(1), parts.subList(2, parts.size()));
    }

    private static Marker mapIterator(String rest) {
        List<String> parts = split(rest);
        if (parts.size() != 2) {
            throw problem(rest, "invalid name for gadget_mapiter type: \"" + rest + "\"");
        }
        return new Marker.MapIterator(parts.get(0), parts.get(1));
    }

    private static Marker iteratorTarget(String rest) {
        List<String> parts = split(rest);
        if (parts.size() != 2) {
            throw problem(rest, "invalid iterator target: \"" + rest + "\"");
        }
        return new Marker.IteratorTarget(parts.get(0), parts.get(1));
    }

    private static Marker socketTarget(String rest) {
        List<String> parts = split(rest);
        if (parts.size() != 2) {
            throw problem(rest, "invalid socket program target: \"" + rest + "\"");
        }
        return new Marker.SocketTarget(parts.get(0), parts.get(1));
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int end = text.indexOf(SEPARATOR);
        while (end >= 0) {
            parts.add(text.substring(start, end));
            start = end + SEPARATOR.length();
            end = text.indexOf(SEPARATOR, start);
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** The map that a marker names. */
    static MapSpec requireMap(ObjectFile object, String name, String rest) {
        return object.map(name).orElseThrow(() -> problem(rest, "map \"" + name + "\" not found in eBPF object"));
    }

    /** A marker that cannot be followed. */
    static GadgetException problem(String rest, String text) {
        return new GadgetException(
                "initializing ebpf gadget: analyzing: handling type by prefix \"" + rest + "\": " + text);
    }
}
