// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GoDuration;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.operators.cli.OutputHelp;
import dev.jig.recording.RecordOperator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ig run A B}: several gadgets in one process. A flag applies to each gadget that has it, {@code --A.flag} to one; the output says
 * what is from which.
 */
final class SeveralGadgets implements AutoCloseable {
    /** Whether events of all gadgets are printed in the order of time. */
    static final Flag MERGE = Flag.plain(
            "merge", ParamType.BOOL, "false", "Print events in the order of time, those of several gadgets together");

    /** How long events wait for others. */
    static final Flag WINDOW = Flag.plain(
            "merge-window",
            ParamType.DURATION,
            "250ms",
            "How long an event waits for earlier ones with --merge; what comes later than that is marked as late");

    private final RunCommand command;
    private final Console console;
    private final RunCommand.Request request;
    private final List<OneOfSeveral> gadgets = new ArrayList<>();
    /** Flags of one gadget alone. */
    private final Map<Flag, OneOfSeveral> addressed = new HashMap<>();

    private SeveralGadgets(RunCommand command, Console console, RunCommand.Request request) {
        this.command = command;
        this.console = console;
        this.request = request;
    }

    /** Runs, explains or describes them. */
    static int run(RunCommand command, Console console, RunCommand.Request request, FlagSet.Parsed first) {
        Optional<Duration> window =
                first.isTrue(MERGE) ? Optional.of(GoDuration.parse(first.value(WINDOW))) : Optional.empty();
        try (SeveralGadgets several = new SeveralGadgets(command, console, request);
                CommonOutput output = CommonOutput.open(console.output(), window)) {
            return several.run(output);
        }
    }

    private int run(CommonOutput output) {
        FlagSet.Parsed early = request.known().parse(RunCommand.withoutHelp(request.words()), FlagSet.Unknown.SKIPPED);
        Set<String> said = new HashSet<>();
        for (String image : request.images()) {
            OneOfSeveral gadget = new OneOfSeveral(image, tag(image), request, early, said);
            gadgets.add(gadget);
            gadget.prepare(output, request.images().size() > 1);
        }
        FlagSet.Parsed parsed = parse();
        Optional<List<String>> others = RunCommand.otherImages(request, parsed);
        if (others.isPresent()) {
            close();
            return run(command, console, request.with(others.get()), parsed);
        }
        if (request.helpAsked()) {
            List<DataSource> sources = new ArrayList<>();
            gadgets.forEach(gadget -> sources.addAll(gadget.context().dataSources()));
            console.print(
                    HelpText.command(command, HelpText.described(request.known().flags(), OutputHelp.params(sources))));
            return ExitCode.SUCCESS;
        }
        parsed.warnings().forEach(request.surroundings().log()::warn);
        request.surroundings().checkKeys(request.known().flags(), true);
        requireDataSources(parsed);
        for (OneOfSeveral gadget : gadgets) {
            gadget.set(valuesFor(gadget, parsed), output, request.images().size() > 1);
        }
        if (parsed.isTrue(RunCommand.EXPLAIN)) {
            return explain(parsed);
        }
        return new WatchedRun(console)
                .executeAll(gadgets, output, Duration.ofSeconds(Long.parseLong(parsed.value(RunCommand.TIMEOUT))));
    }

    /** The short name of an image; where a gadget runs twice, with a number. */
    private String tag(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        int end = name.indexOf('@') >= 0 ? name.indexOf('@') : name.indexOf(':');
        String shortName = end < 0 ? name : name.substring(0, end);
        long same = gadgets.stream()
                .filter(gadget -> gadget.tag().equals(shortName) || gadget.tag().startsWith(shortName + "-"))
                .count();
        return same == 0 ? shortName : shortName + "-" + (same + 1);
    }

    private FlagSet.Parsed parse() {
        FlagSet all = request.known();
        for (OneOfSeveral gadget : gadgets) {
            for (Param param : gadget.context().params()) {
                all.add(Flag.of(param));
                Flag own = new Flag(gadget.tag() + "." + param.key(), param.withAlias(""), true, true);
                all.add(own);
                addressed.put(own, gadget);
            }
        }
        return all.parse(request.words(), FlagSet.Unknown.REFUSED);
    }

    /** What was given, under the names that a gadget's own params have. */
    private Map<String, String> valuesFor(OneOfSeveral gadget, FlagSet.Parsed parsed) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> alone = new LinkedHashMap<>();
        parsed.given().forEach((flag, value) -> {
            OneOfSeveral owner = addressed.get(flag);
            if (owner == gadget) {
                alone.put(flag.param().qualifiedName(), value);
            } else if (owner == null && !flag.param().prefix().isEmpty()) {
                values.putAll(common(gadget, flag, value));
            }
        });
        if (request.images().size() > 1) {
            values.computeIfPresent(
                    RecordOperator.FILE.qualifiedName(), (name, file) -> RecordOperator.fileOf(gadget.tag(), file));
        }
        values.putAll(alone);
        String fields = values.get(RunCommand.FIELDS);
        if (fields != null) {
            values.remove(RunCommand.FIELDS);
            fieldsOf(gadget.context(), fields).ifPresent(own -> values.put(RunCommand.FIELDS, own));
        }
        return values;
    }

    private static Map<String, String> common(OneOfSeveral gadget, Flag flag, String value) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Param param : gadget.context().params()) {
            boolean same = param.qualifiedName().equals(flag.param().qualifiedName());
            boolean ofSameName =
                    param.key().equals(flag.name()) && !Flag.of(param).isOperators();
            if (same || ofSameName) {
                values.put(param.qualifiedName(), Flag.of(param).accept(value));
            }
        }
        if (values.isEmpty() && flag.isOperators()) {
            // A setting of the process, not of a gadget.
            values.put(flag.param().qualifiedName(), value);
        }
        return values;
    }

    /** Of lists of fields for several data sources, those for a gadget's own. */
    private static Optional<String> fieldsOf(GadgetContext context, String fields) {
        List<String> own = new ArrayList<>();
        for (String section : fields.split(";", -1)) {
            int colon = section.indexOf(':');
            if (colon < 0
                    || context.dataSource(section.substring(0, colon).strip()).isPresent()) {
                own.add(section);
            }
        }
        return own.isEmpty() ? Optional.empty() : Optional.of(String.join(";", own));
    }

    /** What no gadget has is a mistake, even though each gadget may pass over what is for others. */
    private void requireDataSources(FlagSet.Parsed parsed) {
        parsed.given().forEach((flag, value) -> {
            if (flag.param().qualifiedName().equals(RunCommand.FIELDS) && !addressed.containsKey(flag)) {
                for (String section : value.split(";", -1)) {
                    int colon = section.indexOf(':');
                    String source = colon < 0 ? "" : section.substring(0, colon).strip();
                    if (colon >= 0
                            && gadgets.stream()
                                    .noneMatch(gadget ->
                                            gadget.context().dataSource(source).isPresent())) {
                        throw new CliException(
                                "fields are chosen of a data source \"" + source + "\" that does not exist");
                    }
                }
            }
        });
    }

    private int explain(FlagSet.Parsed parsed) {
        String mode = parsed.given().entrySet().stream()
                .filter(entry -> entry.getKey().param().qualifiedName().equals(RunCommand.OUTPUT))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        ExplanationText text = ExplanationText.of(mode);
        for (OneOfSeveral gadget : gadgets) {
            if (mode.isEmpty() || mode.equals("columns")) {
                console.println("== " + gadget.tag());
            }
            console.print(text.write(gadget.run().explain()));
        }
        return ExitCode.SUCCESS;
    }

    @Override
    public void close() {
        gadgets.reversed().forEach(OneOfSeveral::close);
        gadgets.clear();
    }
}
