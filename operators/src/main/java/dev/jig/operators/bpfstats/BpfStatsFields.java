// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.bpfstats;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.gadget.GoDuration;
import dev.jig.operators.RecordFields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of the data source of costs. */
final class BpfStatsFields {
    private static final String DESCRIPTION = "description";
    private static final String METRIC = "metrics.type";

    private final RecordFields<Row> fields;
    private final boolean newer;

    private BpfStatsFields(DataSource source, boolean newer) {
        this.fields = new RecordFields<>(source);
        this.newer = newer;
    }

    /**
     * Adds them.
     *
     * @param newer whether time and memory are texts beside numbers that are called raw, and all fields are shown
     * @param node the name of this machine in a cluster, empty for none
     */
    static RecordFields<Row> add(DataSource source, boolean newer, String node) {
        BpfStatsFields added = new BpfStatsFields(source, newer);
        added.addGadget(node);
        added.addProgram();
        added.addUse(Runtime.getRuntime().availableProcessors());
        added.addCosts();
        added.addHolders();
        return added.fields;
    }

    private void addGadget(String node) {
        if (!node.isEmpty()) {
            Map<String, String> annotations = about("Name of the machine");
            annotations.put("template", "node");
            annotations.put(METRIC, "key");
            fields.text(NewField.of("nodeName", Kind.STRING).withAnnotations(annotations), row -> node);
        }
        fields.text(
                text("gadgetID", wide("Id of the gadget", 8)),
                row -> row.gadget().identity().id());
        fields.text(
                text("gadgetName", key(wide("Name of the gadget", 16))),
                row -> row.gadget().identity().name());
        fields.text(
                text("gadgetImage", key(wide("Image of the gadget", 16))),
                row -> row.gadget().image());
    }

    private void addProgram() {
        fields.number(
                NewField.of("progID", Kind.UINT32).withAnnotations(right("Id of the program; 0 for a whole gadget", 5)),
                Row::program);
        Map<String, String> name = key(about("Name of the program"));
        name.put("columns.fixed", "16");
        fields.text(text("progName", name), Row::name);
        fields.text(text("progType", hidden(wide("Type of the program", 16))), Row::type);
    }

    private void addUse(int processors) {
        fields.fraction(
                fraction("cpuUsage", "%CPU", "Time since the last report, in percent of one processor"),
                Row::processorUse);
        fields.fraction(
                fraction("cpuUsageRelative", "%RELCPU", "Time since the last report, in percent of all processors"),
                row -> row.processorUse() / processors);
        Map<String, String> total = hidden(right("Time since the program was loaded", 12));
        total.put("columns.alias", "TIME+");
        fields.text(text("cpuTimeStr", total), row -> GoDuration.text(Duration.ofNanos(row.totalTime())));
    }

    private void addCosts() {
        fields.number(
                raw("runtime", "duration", metric("counter", right("Nanoseconds since the last report", 12))),
                Row::runTime);
        fields.number(
                NewField.of("runcount", Kind.UINT64)
                        .withAnnotations(metric("counter", right("Runs since the last report", 12))),
                Row::runs);
        fields.number(raw("mapMemory", "bytes", metric("gauge", right("Memory of maps in bytes", 12))), Row::mapMemory);
        fields.number(
                NewField.of("mapCount", Kind.UINT64).withAnnotations(metric("gauge", right("Number of maps", 5))),
                Row::mapCount);
    }

    private void addHolders() {
        fields.text(text("comms", hidden(wide("Processes that hold the program", 16))), Row::comms);
        fields.text(text("pids", hidden(wide("Ids of the processes that hold the program", 16))), Row::pids);
    }

    private static NewField text(String name, Map<String, String> annotations) {
        return NewField.of(name, Kind.STRING).withAnnotations(annotations);
    }

    private NewField fraction(String name, String alias, String about) {
        Map<String, String> annotations = hidden(right(about, 8));
        annotations.put("columns.alias", alias);
        annotations.put("columns.precision", "2");
        return NewField.of(name, Kind.FLOAT64).withAnnotations(annotations);
    }

    /** In the newer form another operator makes a text of it. */
    private NewField raw(String name, String template, Map<String, String> annotations) {
        NewField field = NewField.of(newer ? name + "_raw" : name, Kind.UINT64).withAnnotations(annotations);
        return newer ? field.withTags("type:gadget_" + template) : field;
    }

    private static Map<String, String> about(String description) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(DESCRIPTION, description);
        return annotations;
    }

    private static Map<String, String> wide(String description, int width) {
        Map<String, String> annotations = about(description);
        annotations.put("columns.width", String.valueOf(width));
        return annotations;
    }

    private static Map<String, String> right(String description, int width) {
        Map<String, String> annotations = wide(description, width);
        annotations.put("columns.alignment", "right");
        return annotations;
    }

    private static Map<String, String> key(Map<String, String> annotations) {
        return metric("key", annotations);
    }

    private static Map<String, String> metric(String type, Map<String, String> annotations) {
        annotations.put(METRIC, type);
        return annotations;
    }

    /** The first form of this gadget showed nine fields. */
    private Map<String, String> hidden(Map<String, String> annotations) {
        if (!newer) {
            annotations.put("columns.hidden", "true");
        }
        return annotations;
    }
}
