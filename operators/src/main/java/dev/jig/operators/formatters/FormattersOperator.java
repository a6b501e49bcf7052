// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.bpf.sys.Architecture;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceException;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.LocalZone;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes raw fields readable, by the names of their types. */
public final class FormattersOperator implements Operator {
    private static final Set<Kind> UINT32 = Set.of(Kind.UINT32);
    private static final Set<Kind> INTEGERS = Set.of(Kind.UINT32, Kind.INT32, Kind.UINT64, Kind.INT64);
    private static final Set<Kind> WORDS = Set.of(Kind.UINT32, Kind.INT32);

    private static final Path PROC = Path.of("/proc");

    @Override
    public String name() {
        return "formatters";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        boolean any = false;
        List<Formatter> formatters = formatters(context);
        PathCompletion completion = new PathCompletion(PROC);
        for (DataSource source : context.dataSources()) {
            any |= CompletedPaths.apply(source, completion);
            any |= NulSeparatedFields.apply(source, context.options().compat());
            for (Formatter formatter : formatters) {
                for (Field field : source.fieldsWithTag(formatter.tag())) {
                    any |= field.isReferenced() && apply(formatter, field, context);
                }
            }
        }
        return any ? Optional.of(new OperatorInstance() {}) : Optional.empty();
    }

    private static boolean apply(Formatter formatter, Field field, GadgetContext context) {
        try {
            return formatter.apply(field);
        } catch (DataSourceException clash) {
            context.log().debug("field \"" + field.fullName() + "\" stays raw: " + clash.getMessage());
            return false;
        }
    }

    private static List<Formatter> formatters(GadgetContext context) {
        boolean compat = context.options().compat();
        Optional<Origin> origin = context.find(Origin.KEY);
        Architecture architecture =
                origin.isPresent() ? Architecture.ofOciName(origin.get().architecture()) : Architecture.current();
        FileFlags flags = new FileFlags(compat, architecture);
        return List.of(
                new NumberFormatter(
                        "signal",
                        WORDS,
                        Optional.of(Map.of("value.one-of", Signals.all())),
                        true,
                        Signals::write,
                        Signals.END),
                new NumberFormatter(
                        "errno",
                        WORDS,
                        Optional.of(Map.of("template", "errorString", "value.one-of", ErrorNames.all())),
                        true,
                        ErrorNames::write,
                        ErrorNames.END),
                new SystemCallFormatter(architecture),
                timestamps(origin),
                new NumberFormatter(
                        "bytes", INTEGERS, Optional.of(Map.of("template", "bytes")), false, Amounts::writeBytes),
                new NumberFormatter(
                        "duration",
                        INTEGERS,
                        Optional.of(Map.of("template", "duration")),
                        false,
                        Amounts::writeDuration),
                new EndpointFormatter(false, compat),
                new EndpointFormatter(true, compat),
                new NumberFormatter("file_mode", UINT32, Optional.empty(), true, FileMode::write),
                new NumberFormatter("file_flags", UINT32, Optional.empty(), true, flags::write));
    }

    private static TimestampFormatter timestamps(Optional<Origin> origin) {
        return origin.isPresent()
                ? new TimestampFormatter(origin.get().zone(), origin.get()::clock)
                : new TimestampFormatter(LocalZone.current(), WallClock::new);
    }
}
