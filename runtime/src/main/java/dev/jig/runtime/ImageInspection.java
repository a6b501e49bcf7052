// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.bpf.map.MapTypeNames;
import dev.jig.bpf.object.DataSection;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.Variable;
import dev.jig.gadget.Json;
import dev.jig.image.Descriptor;
import dev.jig.image.GadgetImage;
import dev.jig.image.MediaType;
import dev.jig.operators.ebpf.Job;
import dev.jig.operators.ebpf.JobReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an image holds, by keys, without loading anything into the kernel. */
public final class ImageInspection {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";

    private ImageInspection() {}

    /**
     * One fact of an image.
     *
     * @param content its text
     * @param contentType of the text
     */
    public record Entry(String content, String contentType) {}

    /**
     * All facts, by keys such as {@code oci.manifest} and {@code ebpf.maps}; none for an image without layers.
     *
     * @param typed the image's name as the user wrote it
     */
    public static Map<String, Entry> inspect(GadgetImage image, String typed) {
        Map<String, Entry> entries = new TreeMap<>();
        if (image.manifest().layers().isEmpty()) {
            return entries;
        }
        int colon = typed.lastIndexOf(':');
        boolean tagged = colon > typed.lastIndexOf('/');
        entries.put("oci.manifest", json(image.manifest().tree()));
        entries.put("oci.metadata", new Entry(image.metadata(), "text/yaml"));
        entries.put("oci.repository", new Entry(tagged ? typed.substring(0, colon) : typed, TEXT));
        entries.put("oci.tag", new Entry(tagged ? typed.substring(colon + 1) : "latest", TEXT));
        entries.put("oci.digest", new Entry(image.manifest().config().digest(), TEXT));
        entries.put(
                "oci.created",
                new Entry(image.manifest().annotations().getOrDefault("org.opencontainers.image.created", ""), TEXT));
        for (Descriptor layer : image.manifest().layers()) {
            if (layer.mediaType().equals(MediaType.EBPF)) {
                addObject(ObjectFile.parse("gadget", image.layer(layer)), entries);
            }
        }
        return entries;
    }

    private static Entry json(Object tree) {
        return new Entry(new String(Json.write(tree), StandardCharsets.UTF_8), JSON);
    }

    private static void addObject(ObjectFile object, Map<String, Entry> entries) {
        List<Object> sections = new ArrayList<>();
        object.elf().sections().forEach(section -> sections.add(section.name()));
        entries.put("ebpf.sections", json(sections));
        entries.put("ebpf.maps", json(maps(object)));
        entries.put("ebpf.variables", json(variables(object)));
        List<Job> jobs = JobReader.read(object);
        if (!jobs.isEmpty()) {
            entries.put("jig.jobs", json(jobs(jobs)));
        }
    }

    /** What can be done in several ways, and how. */
    private static List<Object> jobs(List<Job> jobs) {
        List<Object> result = new ArrayList<>();
        for (Job job : jobs) {
            List<Object> variants = new ArrayList<>();
            for (Job.Variant variant : job.variants()) {
                List<Object> programs = new ArrayList<>();
                for (Job.Part part : variant.parts()) {
                    programs.add(members("kind", part.kind(), "target", part.target(), "program", part.function()));
                }
                variants.add(members(
                        "rank", (long) variant.rank(), "name", variant.name().orElse(""), "programs", programs));
            }
            result.add(members("name", job.name(), "optional", job.optional(), "variants", variants));
        }
        return result;
    }

    private static List<Object> maps(ObjectFile object) {
        Map<String, Object> sorted = new TreeMap<>();
        for (MapSpec map : object.maps()) {
            sorted.put(map.name(), members("Name", map.name(), "Type", MapTypeNames.of(map.type())));
        }
        for (DataSection section : object.dataSections()) {
            boolean listed = section.kind() != DataSection.Kind.KERNEL_CONFIGURATION
                    && !section.name().equals(".rodata")
                    && !section.name().equals(".bss");
            if (listed) {
                sorted.put(section.name(), members("Name", section.name(), "Type", "Array"));
            }
        }
        return new ArrayList<>(sorted.values());
    }

    private static List<Object> variables(ObjectFile object) {
        List<Variable> variables = new ArrayList<>();
        for (DataSection section : object.dataSections()) {
            if (section.kind() != DataSection.Kind.KERNEL_CONFIGURATION) {
                section.variables().stream().filter(Variable::global).forEach(variables::add);
            }
        }
        variables.sort(Comparator.comparing(Variable::name));
        List<Object> result = new ArrayList<>();
        for (Variable variable : variables) {
            result.add(members(
                    "Name",
                    variable.name(),
                    "Offset",
                    (long) variable.offset(),
                    "Size",
                    (long) variable.size(),
                    "Map",
                    variable.section()));
        }
        return result;
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return members;
    }
}
