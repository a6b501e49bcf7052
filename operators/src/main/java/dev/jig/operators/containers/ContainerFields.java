// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.containers;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldFlags;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import java.util.List;
import java.util.Map;

/** The fields that tell the container of an event; until containers are known, each has the empty value for all events. */
final class ContainerFields {
    private static final String TEMPLATE = "template";
    private static final String KUBERNETES_TAG = "kubernetes";

    private final DataSource source;

    ContainerFields(DataSource source) {
        this.source = source;
    }

    /** Adds all of them; outside Kubernetes those below {@code k8s} are hidden. */
    void add() {
        Field kubernetes = source.addField(NewField.group("k8s").withAnnotations(Map.of()));
        addText(kubernetes, "node", -31, Map.of(TEMPLATE, "node"));
        addText(kubernetes, "namespace", -30, Map.of(TEMPLATE, "namespace"));
        addText(kubernetes, "podName", -29, Map.of(TEMPLATE, "pod"));
        addText(kubernetes, "containerName", -28, Map.of(TEMPLATE, "container"));
        hidden(addNumber(kubernetes, "hostnetwork", Kind.BOOL, -27, Map.of()));
        hidden(addText(kubernetes, "podLabels", -26, Map.of()));
        Field owner = kubernetes.addSubField(
                NewField.of("owner", Kind.INVALID).withFlags(FieldFlags.EMPTY).withAnnotations(Map.of()));
        hidden(addText(owner, "kind", 0, Map.of()));
        hidden(addText(owner, "name", 0, Map.of()));
        Field runtime = source.addField(NewField.group("runtime").withAnnotations(Map.of()));
        addText(runtime, "containerName", -27, Map.of(TEMPLATE, "container"));
        hidden(addText(runtime, "runtimeName", -26, Map.of("columns.width", "19", "columns.fixed", "true")));
        hidden(addText(runtime, "containerId", -25, Map.of("columns.width", "13", "columns.maxwidth", "64")));
        hidden(addNumber(runtime, "containerPid", Kind.UINT32, -24, Map.of(TEMPLATE, "containerPid")));
        hidden(addText(runtime, "containerImageName", -23, Map.of()));
        hidden(addText(runtime, "containerImageDigest", -22, Map.of()));
        hidden(addNumber(runtime, "containerStartedAt", Kind.INT64, -21, Map.of()));
        kubernetes.setHidden(true, true);
    }

    private static Field addText(Field parent, String name, int order, Map<String, String> annotations) {
        Field field = addField(parent, name, Kind.STRING, order, annotations);
        field.setConstant("");
        return field;
    }

    private static Field addNumber(Field parent, String name, Kind kind, int order, Map<String, String> annotations) {
        Field field = addField(parent, name, kind, order, annotations);
        field.setConstant(0);
        return field;
    }

    private static Field addField(Field parent, String name, Kind kind, int order, Map<String, String> annotations) {
        Field field =
                parent.addSubField(NewField.of(name, kind).withOrder(order).withAnnotations(annotations));
        if (!parent.fullName().equals("runtime")) {
            field.addTags(List.of(KUBERNETES_TAG));
        }
        return field;
    }

    private static void hidden(Field field) {
        field.setHidden(true, false);
    }
}
