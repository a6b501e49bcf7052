// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.FieldSelection;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.Log;
import dev.jig.gadget.Param;
import dev.jig.runtime.Gadget;
import dev.jig.runtime.Gadgets;
import dev.jig.runtime.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the manual pages of both programs, their commands and the gadgets that travel with them. */
public final class ManPages {
    private static final String MANUAL = "Jig Manual";

    private final Path folder;
    private final String date;

    private ManPages(Path folder, String date) {
        this.folder = folder;
        this.date = date;
    }

    /**
     * Writes the pages.
     *
     * @param words a folder, below which {@code man1} and {@code man7} come to be, and the date that pages bear
     * @throws IOException when they cannot be written
     */
    public static void main(String[] words) throws IOException {
        Environment environment = Environment.current();
        Console console = new Console(new StandardOutput());
        ManPages pages = new ManPages(Path.of(words[0]), words[1]);
        pages.write(Ig.commands(console));
        pages.write(Gadgetctl.commands(console));
        for (String gadget : GadgetNames.builtIn(environment.locations())) {
            pages.writeGadget(environment.locations(), gadget);
        }
    }

    private void write(RootCommand root) throws IOException {
        List<String> names = new ArrayList<>();
        for (Command command : root.group().commands()) {
            names.add(root.group().path() + "-" + command.name());
        }
        write(root.group().path(), 1, program(root.group(), root.globals(), date, names));
        for (Command command : root.group().commands()) {
            write(command, root.globals());
        }
    }

    private void write(Command command, List<Flag> globals) throws IOException {
        write(pageName(command), 1, command(command, globals, date));
        for (Command below : command.commands()) {
            write(below, globals);
        }
    }

    private void write(String name, int section, String text) throws IOException {
        Path place = Files.createDirectories(folder.resolve("man" + section));
        Files.writeString(place.resolve(name + "." + section), text);
    }

    /** The page's name: the words of the usage line up to what stands for other words, joined by dashes. */
    private static String pageName(Command command) {
        StringBuilder name = new StringBuilder();
        for (String word : command.usage().split(" ", -1)) {
            if (!word.equals(word.toLowerCase(Locale.ROOT)) || word.startsWith("{") || word.startsWith("[")) {
                break;
            }
            name.append(name.isEmpty() ? "" : "-").append(word);
        }
        return name.toString();
    }

    /** The page of a program. */
    static String program(CommandGroup group, List<Flag> globals, String date, List<String> pages) {
        ManPage page = new ManPage(group.path(), 1, date, MANUAL, group.description());
        page.section("SYNOPSIS").synopsis(group.path(), "COMMAND [flags]");
        page.section("DESCRIPTION").text(group.description() + ".");
        page.section("COMMANDS");
        group.commands().forEach(command -> page.item(group.path() + " " + command.name(), "", command.summary()));
        page.section("GLOBAL OPTIONS").flags(globals);
        exitStatus(page);
        page.section("ENVIRONMENT")
                .item("INSPEKTOR_GADGET_*", "", "Values of settings; " + group.path() + " config default lists them.")
                .item("IG_COMPAT", "", "With true, upstream's exact bytes and habits.");
        page.section("FILES").item("~/.ig/config.yaml", "", "Settings, in YAML.");
        return page.seeAlso(pages, 1).toString();
    }

    private static void exitStatus(ManPage page) {
        page.section("EXIT STATUS")
                .item("0", "", "Success, help, and a gadget that Ctrl-C or a timeout ended.")
                .item("1", "", "Any error.")
                .item("141", "", "Nobody reads the output any more.");
    }

    /** The page of a command. */
    static String command(Command command, List<Flag> globals, String date) {
        String name = pageName(command);
        String words = name.replace('-', ' ');
        ManPage page = new ManPage(name, 1, date, MANUAL, command.summary());
        boolean group = !command.commands().isEmpty();
        String usage = command.usage().startsWith(words)
                ? command.usage().substring(words.length()).strip()
                : command.usage();
        page.section("SYNOPSIS").synopsis(words, (usage + (group ? "COMMAND" : "") + " [flags]").strip());
        page.section("DESCRIPTION").text(command.summary() + ".");
        List<String> also = new ArrayList<>(List.of(name.substring(0, name.indexOf('-'))));
        if (group) {
            page.section("COMMANDS");
            for (Command below : command.commands()) {
                page.item(below.name(), "", below.summary());
                also.add(pageName(below));
            }
        }
        List<Flag> own = new ArrayList<>(command.flags());
        own.removeAll(globals);
        if (!own.contains(GlobalFlags.HELP)) {
            own.add(GlobalFlags.HELP);
        }
        page.section("OPTIONS").flags(own);
        page.section("GLOBAL OPTIONS").flags(globals);
        return page.seeAlso(also, 1).toString();
    }

    private void writeGadget(Locations locations, String gadget) throws IOException {
        Configuration metadata =
                Configuration.parse(new ImageOpener(locations).open(gadget).metadata(), gadget);
        try (Gadget opened = Gadgets.in(locations, Log.NONE).open(gadget, Map.of())) {
            write("ig-gadget-" + gadget, 7, gadget(gadget, metadata, opened));
        }
    }

    private String gadget(String name, Configuration metadata, Gadget opened) {
        String description = metadata.text("description").orElse(name);
        ManPage page = new ManPage("ig-gadget-" + name, 7, date, MANUAL, firstSentence(description));
        page.section("SYNOPSIS").synopsis("ig run " + name, "[flags]");
        page.section("DESCRIPTION").text(description);
        List<Flag> own = new ArrayList<>();
        for (Param param : opened.params()) {
            Flag flag = Flag.of(param);
            if (!flag.isOperators()) {
                own.add(flag);
            }
        }
        if (!own.isEmpty()) {
            page.section("OPTIONS").flags(own);
        }
        for (DataSource source : opened.dataSources()) {
            page.section("FIELDS OF " + source.name());
            FieldSelection.availableFields(source)
                    .forEach(field -> page.item(
                            field.fullName(),
                            "",
                            field.annotation("description").orElse("")));
        }
        return page.seeAlso(List.of("ig-run"), 1).toString();
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String first = end < 0 ? text.strip() : text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
