// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Log;
import dev.jig.operators.ebpf.Marker;
import dev.jig.operators.ebpf.MarkerReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Completes a gadget's metadata with what its programs have: data sources, their fields, params. What the file holds
 * already stays as it is: order, comments and keys that nobody here knows.
 */
final class MetadataUpdater {
    private static final String FIELD = "TODO: Fill field description";
    private static final String PARAM = "TODO: Fill parameter description";

    private final Btf btf;

    MetadataUpdater(Btf btf) {
        this.btf = btf;
    }

    /**
     * The completed text.
     *
     * @param text of the file; empty for a new one
     * @throws GadgetException when the text is no YAML mapping
     */
    String update(String text) {
        MappingNode root = parse(text);
        for (String key : List.of("name", "description", "homepageURL", "documentationURL", "sourceURL")) {
            addText(root, key, placeholder(key));
        }
        for (Marker marker : new MarkerReader(btf, Log.NONE).read()) {
            if (marker instanceof Marker.Tracer tracer) {
                addSource(root, tracer.name(), tracer.struct());
            } else if (marker instanceof Marker.Iterator iterator) {
                addSource(root, iterator.name(), iterator.struct());
            } else if (marker instanceof Marker.Parameter parameter) {
                addParam(root, parameter.variable());
            }
        }
        return write(root);
    }

    private static String placeholder(String key) {
        String words = switch (key) {
            case "homepageURL" -> "homepage URL";
            case "documentationURL" -> "documentation URL";
            case "sourceURL" -> "source code URL";
            default -> key;
        };
        return "TODO: Fill the gadget " + words;
    }

    private void addSource(MappingNode root, String name, String struct) {
        int type = btf.find(struct, BtfKind.STRUCT)
                .orElseThrow(() -> new GadgetException(
                        "populating metadata: handling tracers: struct \"" + struct + "\" not found"));
        MappingNode fields = child(child(child(root, "datasources"), name), "fields");
        for (int i = 0; i < btf.elementCount(type); i++) {
            String field = btf.elementName(type, i);
            if (!field.startsWith("__") && find(fields, field).isEmpty()) {
                addText(child(child(fields, field), "annotations"), "description", FIELD);
            }
        }
    }

    private void addParam(MappingNode root, String variable) {
        new MetadataValidator(btf).problemOf(variable).ifPresent(problem -> {
            throw new GadgetException("populating metadata: handling params: " + problem);
        });
        MappingNode params = child(child(root, "params"), "ebpf");
        if (find(params, variable).isEmpty()) {
            MappingNode param = child(params, variable);
            addText(param, "key", variable);
            addText(param, "defaultValue", "");
            addText(param, "description", PARAM);
        }
    }

    private static MappingNode parse(String text) {
        LoadSettings settings = LoadSettings.builder().setParseComments(true).build();
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            if (node.isEmpty()) {
                return emptyMapping();
            }
            if (node.get() instanceof MappingNode mapping) {
                return mapping;
            }
        } catch (YamlEngineException malformed) {
            throw new GadgetException(
                    "metadata file is wrong, fix it before continuing: " + malformed.getMessage(), malformed);
        }
        throw new GadgetException("metadata file is wrong, fix it before continuing: it is not a mapping");
    }

    private static MappingNode emptyMapping() {
        return new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
    }

    private static Optional<Node> find(MappingNode map, String key) {
        for (NodeTuple tuple : map.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equalsIgnoreCase(key)) {
                return Optional.of(tuple.getValueNode());
            }
        }
        return Optional.empty();
    }

    private static MappingNode child(MappingNode map, String key) {
        Optional<Node> found = find(map, key);
        if (found.isPresent()) {
            if (found.get() instanceof MappingNode mapping) {
                return mapping;
            }
            throw new GadgetException(
                    "metadata file is wrong, fix it before continuing: \"" + key + "\" is not a mapping");
        }
        MappingNode added = emptyMapping();
        map.getValue().add(new NodeTuple(scalar(key), added));
        return added;
    }

    private static void addText(MappingNode map, String key, String text) {
        if (find(map, key).isEmpty()) {
            map.getValue().add(new NodeTuple(scalar(key), scalar(text)));
        }
    }

    private static ScalarNode scalar(String text) {
        boolean quoted = text.isEmpty() || text.contains(": ");
        return new ScalarNode(Tag.STR, text, quoted ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN);
    }

    private static String write(MappingNode root) {
        DumpSettings settings = DumpSettings.builder()
                .setDumpComments(true)
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .build();
        return new Present(settings)
                .emitToString(new Serialize(settings).serializeOne(root).iterator());
    }
}
