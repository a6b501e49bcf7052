// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.bpf.sys.Architecture;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.ImageFacts;
import dev.jig.gadget.Json;
import dev.jig.gadget.LocalZone;
import dev.jig.gadget.ParamValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the first block of a recording: JSON, which {@link Description} reads. */
final class DescriptionWriter {
    private DescriptionWriter() {}

    static byte[] write(GadgetContext context, List<RecordedSource> sources, RecordingClock clock) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("image", context.imageName());
        Optional<ImageFacts> facts = context.find(ImageFacts.KEY);
        tree.put("digest", facts.map(ImageFacts::digest).orElse(""));
        tree.put("metadata", facts.map(ImageFacts::metadata).orElse(""));
        tree.put("configuration", context.configuration().tree());
        tree.put("params", params(context.options().values()));
        tree.put("information", context.information());
        tree.put("architecture", Architecture.current().ociName());
        tree.put("kernel", System.getProperty("os.version", ""));
        tree.put("zone", LocalZone.current().getId());
        tree.put("started", clock.bootTime() + clock.distance());
        tree.put("complete", isComplete(sources));
        List<Object> described = new ArrayList<>();
        sources.forEach(source -> described.add(source.description()));
        tree.put("sources", described);
        return Json.write(tree);
    }

    /** Those that say what was recorded; how it was shown, and where the recording went, is nobody's business. */
    private static Map<String, String> params(ParamValues values) {
        Map<String, String> params = new TreeMap<>();
        values.asMap().forEach((name, value) -> {
            boolean records = name.startsWith(RecordOperator.PREFIX) || name.startsWith(ServerRecordOperator.PREFIX);
            if (name.startsWith("operator.") && !name.startsWith("operator.cli.") && !records) {
                params.put(name, value);
            }
        });
        return params;
    }

    /** Records of a daemon have all fields already. */
    private static boolean isComplete(List<RecordedSource> sources) {
        for (RecordedSource source : sources) {
            if (source.source().isReceived()) {
                return true;
            }
        }
        return false;
    }
}
