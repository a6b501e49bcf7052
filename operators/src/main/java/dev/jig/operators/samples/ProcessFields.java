// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.gadget.GadgetException;
import dev.jig.operators.RecordFields;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The fields of the data source of processes, and how each is filled from what was seen of a process. */
final class ProcessFields {
    /** What can be chosen, in the order in which it stands without a choice. */
    static final List<String> ALL = List.of(
            "ppid",
            "comm",
            "priority",
            "nice",
            "cpuUsage",
            "cpuUsageRelative",
            "memoryRSS",
            "memoryVirtual",
            "memoryShared",
            "memoryRelative",
            "threadCount",
            "state",
            "uid",
            "startTime",
            "cpuTime");

    private static final String HIDDEN = "columns.hidden";
    private static final String TEMPLATE = "template";

    private final RecordFields<SeenProcess> fields;

    private ProcessFields(DataSource source) {
        this.fields = new RecordFields<>(source);
    }

    /**
     * Adds fields to a data source.
     *
     * @param chosen of {@link #ALL}; names that are not there are passed over
     * @throws GadgetException when the start time is chosen twice
     */
    static ProcessFields add(DataSource source, List<String> chosen) {
        ProcessFields fields = new ProcessFields(source);
        fields.number("pid", Kind.INT32, Map.of(TEMPLATE, "pid"), process -> process.pid());
        Set<String> seen = new HashSet<>();
        for (String name : chosen) {
            String one = name.equals("startTimeStr") ? "startTime" : name;
            if (seen.add(one)) {
                fields.add(one);
            } else if (one.equals("startTime")) {
                throw new GadgetException("operator.process.fields: startTime and startTimeStr are one");
            }
        }
        fields.fields.number(
                NewField.of("mountnsid", Kind.UINT64)
                        .withTags("type:gadget_mntns_id")
                        .withAnnotations(Map.of(TEMPLATE, "mntns_id")),
                SeenProcess::mountNamespace);
        return fields;
    }

    private void add(String name) {
        switch (name) {
            case "ppid" ->
                number(
                        name,
                        Kind.INT32,
                        Map.of(TEMPLATE, "ppid"),
                        process -> process.status().parent());
            case "comm" ->
                text(name, Map.of(TEMPLATE, "comm"), process -> process.status().name());
            case "priority" ->
                number(name, Kind.INT8, right(0), process -> process.stat().priority());
            case "nice" ->
                number(name, Kind.INT8, right(0), process -> process.stat().nice());
            case "cpuUsage" -> fraction(name, SeenProcess::processorUse);
            case "cpuUsageRelative" -> fraction(name, SeenProcess::relativeProcessorUse);
            case "memoryRSS" -> bytes(name, process -> process.status().resident());
            case "memoryVirtual" -> bytes(name, process -> process.status().virtual());
            case "memoryShared" -> bytes(name, process -> process.status().shared());
            case "memoryRelative" -> fraction(name, SeenProcess::relativeMemory);
            case "threadCount" ->
                number(name, Kind.INT32, right(11), process -> process.status().threads());
            case "state" ->
                text(
                        name,
                        Map.of("columns.maxwidth", "5", "value.one-of", "R,S,D,Z,T,t,W,X,x,K,W,P,I"),
                        process -> process.status().state());
            case "uid" ->
                number(
                        name,
                        Kind.UINT32,
                        Map.of(TEMPLATE, "uid"),
                        process -> process.status().user());
            case "startTime" -> {
                number(
                        name,
                        Kind.UINT64,
                        Map.of(HIDDEN, "true"),
                        process -> process.stat().start());
                text(
                        "startTimeStr",
                        Map.of("columns.ellipsis", "start", "columns.maxwidth", "25"),
                        SeenProcess::startTime);
            }
            case "cpuTime" -> {
                number(
                        name,
                        Kind.INT64,
                        Map.of(HIDDEN, "true"),
                        process -> process.stat().busy());
                text("cpuTimeStr", right(12), SeenProcess::processorTime);
            }
            default -> {}
        }
    }

    private static Map<String, String> right(int maxWidth) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("columns.alignment", "right");
        if (maxWidth > 0) {
            annotations.put("columns.maxwidth", String.valueOf(maxWidth));
        }
        return annotations;
    }

    private void number(String name, Kind kind, Map<String, String> annotations, ToLongFunction<SeenProcess> value) {
        fields.number(NewField.of(name, kind).withAnnotations(annotations), value);
    }

    private void fraction(String name, ToDoubleFunction<SeenProcess> value) {
        Map<String, String> annotations = right(8);
        annotations.put("columns.precision", "1");
        fields.fraction(NewField.of(name, Kind.FLOAT64).withAnnotations(annotations), value);
    }

    private void bytes(String name, ToLongFunction<SeenProcess> value) {
        fields.number(
                NewField.of(name + "_raw", Kind.UINT64)
                        .withTags("type:gadget_bytes")
                        .withAnnotations(right(0)),
                value);
    }

    private void text(String name, Map<String, String> annotations, Function<SeenProcess, String> value) {
        fields.text(NewField.of(name, Kind.STRING).withAnnotations(annotations), value);
    }

    void fill(Record record, SeenProcess process) {
        fields.fill(record, process);
    }
}
