// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetException;
import dev.jig.gadget.ParamType;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageName;
import dev.jig.runtime.ImageInspection;
import dev.jig.runtime.Locations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code ig image inspect IMAGE}: what an image holds, without running it and without root. */
final class ImageInspectCommand extends SimpleCommand {
    static final Flag KEY = Flag.plain("extra-info", ParamType.STRING, "", "Print only what this key stands for");
    static final Flag OUTPUT =
            Flag.plain("output", "o", ParamType.STRING, "jsonpretty", "Output mode: json or jsonpretty");

    private final Locations locations;

    ImageInspectCommand(Console console, Locations locations) {
        super(console, "ig image inspect IMAGE", List.of(KEY, OUTPUT));
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
        requireMode(parsed);
        console().println(text(ImageInspection.inspect(open(typed), typed), parsed));
        return ExitCode.SUCCESS;
    }

    /** Refuses an unknown output mode before anything is looked at. */
    static void requireMode(FlagSet.Parsed parsed) {
        String mode = parsed.value(OUTPUT);
        if (!List.of("json", "jsonpretty").contains(mode)) {
            throw new CliException("invalid output mode \"" + mode + "\", valid values are: json, jsonpretty");
        }
    }

    /** What was found, as flags ask for it. */
    static String text(Map<String, ImageInspection.Entry> entries, FlagSet.Parsed parsed) {
        String key = parsed.value(KEY);
        boolean pretty = parsed.value(OUTPUT).equals("jsonpretty");
        return key.isEmpty() ? all(entries, pretty) : one(entries, key, pretty);
    }

    private GadgetImage open(String typed) {
        try {
            // Looking at an image needs no trust in it.
            return locations.source().open(ImageName.parse(typed), false);
        } catch (GadgetException wrong) {
            throw new GadgetException("getting gadget info: " + wrong.getMessage(), wrong);
        }
    }

    private static String all(Map<String, ImageInspection.Entry> entries, boolean pretty) {
        Map<String, Object> tree = new TreeMap<>();
        entries.forEach((name, entry) ->
                tree.put(name, new TreeMap<>(Map.of("content", entry.content(), "contentType", entry.contentType()))));
        return JsonText.of(tree, pretty);
    }

    private static String one(Map<String, ImageInspection.Entry> entries, String key, boolean pretty) {
        ImageInspection.Entry entry = entries.get(key);
        if (entry == null) {
            throw new CliException("extra info \"" + key + "\" not found");
        }
        return switch (entry.contentType()) {
            case "application/json" -> JsonText.of(JsonTree.sorted(entry.content(), key), pretty);
            case "text/yaml" -> JsonText.of(JsonTree.sortedYaml(entry.content(), key), pretty);
            default -> entry.content();
        };
    }
}
