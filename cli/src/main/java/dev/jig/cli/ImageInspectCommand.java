// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.Architecture;
import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Json;
import dev.jig.gadget.Log;
import dev.jig.gadget.ParamType;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageFile;
import dev.jig.image.ImageName;
import dev.jig.inspect.Analysis;
import dev.jig.inspect.Entry;
import dev.jig.inspect.ImageInspection;
import dev.jig.runtime.Gadget;
import dev.jig.runtime.Gadgets;
import dev.jig.runtime.Locations;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code ig image inspect IMAGE}: what an image holds, without running it and without root. */
final class ImageInspectCommand extends SimpleCommand {
    private static final Flag KEY =
            Flag.plain("extra-info", ParamType.STRING, "", "Print only what this key stands for");
    private static final Flag OUTPUT = Flag.plain(
            "output",
            "o",
            ParamType.STRING,
            "jsonpretty",
            "Output mode: yaml, json, jsonpretty; html or svg draw what programs do");
    private static final Flag PATH =
            Flag.plain("jsonpath", ParamType.STRING, "", "Print only what this path leads to, such as .annotations");
    private static final Flag SOURCES =
            Flag.plain("show-datasources", ParamType.BOOL, "false", "Print the data sources with their fields");
    private static final Flag ANALYSIS = Flag.plain(
            "analysis",
            ParamType.STRING,
            "legacy",
            "How programs are analysed: legacy, as the documented system does it, or precise");
    private static final Flag VALUES = Flag.plain(
            "given",
            ParamType.STRINGS,
            "",
            "Values of params that the precise analysis takes for certain: variable=number, separated by commas");
    private static final Flag SOURCE =
            Flag.plain("source", ParamType.BOOL, "false", "Put source lines between the instructions of ebpf.disasm");
    private static final Flag ARCHITECTURE = Flag.plain(
            "arch", ParamType.STRING, "", "Architecture whose part of the image is looked at: amd64 or arm64");
    private static final Flag VERIFY = Flag.plain(
            "verify-image", ParamType.BOOL, "false", "Accepted for compatibility: looking needs no trust in an image");
    private static final Flag PULL = Flag.plain(
            "pull", ParamType.STRING, "never", "Accepted for compatibility: nothing is fetched from registries yet");

    private final Locations locations;

    ImageInspectCommand(Console console, Locations locations) {
        super(
                console,
                "ig image inspect IMAGE",
                List.of(KEY, OUTPUT, PATH, SOURCES, ANALYSIS, VALUES, SOURCE, ARCHITECTURE, VERIFY, PULL));
        this.locations = locations;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String summary() {
        return "Show what an image holds";
    }

    @Override
    int run(FlagSet.Parsed parsed) {
        String typed = exactly(1, parsed).getFirst();
        Request request = Request.of(typed, parsed);
        request.check();
        console().print(answer(request));
        return ExitCode.SUCCESS;
    }

    /** What was asked for. */
    private record Request(
            String typed,
            String key,
            InspectOutput output,
            String path,
            boolean sources,
            Analysis analysis,
            String architecture) {
        static Request of(String typed, FlagSet.Parsed parsed) {
            String analysis = parsed.value(ANALYSIS);
            if (!analysis.equals("legacy") && !analysis.equals("precise")) {
                throw new CliException("invalid analysis \"" + analysis + "\", valid values are: legacy, precise");
            }
            String architecture = parsed.value(ARCHITECTURE);
            return new Request(
                    typed,
                    parsed.isTrue(SOURCE) && parsed.value(KEY).equals("ebpf.disasm")
                            ? "ebpf.disasm.source"
                            : parsed.value(KEY),
                    InspectOutput.of(parsed.value(OUTPUT)),
                    parsed.value(PATH),
                    parsed.isTrue(SOURCES),
                    new Analysis(analysis.equals("precise"), numbers(parsed.value(VALUES))),
                    architecture.isEmpty() ? Architecture.current().ociName() : architecture);
        }

        private static Map<String, Long> numbers(String text) {
            Map<String, Long> numbers = new TreeMap<>();
            for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
                int equals = pair.indexOf('=');
                try {
                    numbers.put(pair.substring(0, Math.max(equals, 0)), Long.decode(pair.substring(equals + 1)));
                } catch (NumberFormatException none) {
                    throw new CliException("--given: \"" + pair + "\" is not of the form variable=number");
                }
            }
            return numbers;
        }

        void check() {
            if (!path.isEmpty() && key.isEmpty() && !sources) {
                throw new CliException(
                        "jsonpath \"" + path + "\" can only be used with extra info or show-datasources");
            }
            if (!key.isEmpty() && sources) {
                throw new CliException("extra-info \"" + key + "\" and show-datasources cannot be used together");
            }
        }
    }

    private String answer(Request request) {
        GadgetImage image = new ImageOpener(locations).open(request.typed(), request.architecture());
        if (request.sources()) {
            Object tree = DataSourceTree.of(dataSources(request.typed(), image));
            return request.output().text(request.path().isEmpty() ? tree : JsonPath.evaluate(request.path(), tree));
        }
        ImageInspection inspection = inspect(request, image);
        return switch (request.output()) {
            case HTML ->
                inspection.page(
                        request.typed(), image.digest().isEmpty() ? List.of() : dataSources(request.typed(), image));
            case SVG -> inspection.picture();
            case JSON, JSON_PRETTY, YAML ->
                request.key().isEmpty() ? all(request, inspection) : one(request, inspection);
        };
    }

    private static ImageInspection inspect(Request request, GadgetImage image) {
        try {
            if (image.digest().isEmpty()) {
                return ImageInspection.ofObject(image, request.analysis());
            }
            String typed = ImageFile.isPath(request.typed()) ? shortName(image.name()) : request.typed();
            return ImageInspection.of(image, typed, request.analysis());
        } catch (GadgetException | BpfException wrong) {
            throw new GadgetException("getting gadget info: " + wrong.getMessage(), wrong);
        }
    }

    private static String shortName(ImageName name) {
        String tag = name.tag().isEmpty() || name.tag().equals("latest") ? "" : ":" + name.tag();
        return name.shortRepository() + tag;
    }

    private Collection<DataSource> dataSources(String typed, GadgetImage image) {
        Locations source = ImageFile.isPath(typed) ? locations.serving(image) : locations;
        try (Gadget gadget = Gadgets.in(source, Log.NONE)
                .open(image.name().toString(), Map.of("operator.oci.verify-image", "false"))) {
            return List.copyOf(gadget.dataSources());
        } catch (GadgetException wrong) {
            throw new GadgetException("getting gadget info: " + wrong.getMessage(), wrong);
        }
    }

    private static String all(Request request, ImageInspection inspection) {
        Map<String, Entry> entries = new TreeMap<>();
        for (String key : inspection.listedKeys()) {
            entries.put(key, inspection.find(key).orElseThrow());
        }
        return request.output().text(InspectedEntries.all(entries));
    }

    private static String one(Request request, ImageInspection inspection) {
        String key = request.key();
        String path = request.path();
        Object value = InspectedEntries.one(inspection.find(key), key);
        if (path.isEmpty()) {
            return request.output().text(value);
        }
        if (value instanceof String) {
            throw new CliException("jsonpath \"" + path + "\" can only be used with JSON or YAML content");
        }
        Object found = JsonPath.evaluate(path, value);
        if (found.equals(Json.NULL)) {
            throw new CliException("path \"" + path + "\" not found in extra info \"" + key + "\"");
        }
        return request.output().text(found);
    }
}
