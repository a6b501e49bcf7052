// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.cli;

import dev.jig.datasource.ColumnsWriter;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceException;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldSelection;
import dev.jig.datasource.JsonWriter;
import dev.jig.datasource.OutputOptions;
import dev.jig.datasource.OutputWriter;
import dev.jig.datasource.SilentWriter;
import dev.jig.datasource.TextWriter;
import dev.jig.datasource.Verdict;
import dev.jig.datasource.YamlWriter;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.operators.Onlooker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints every data source in the mode that the user chose; sees each record last. */
public final class CliOperator implements Operator {
    private static final int PRIORITY = 10000;
    private static final String PREFIX = "operator.cli.";

    /** Full name of the param that chooses how data sources are printed. */
    public static final String OUTPUT_MODE = PREFIX + "output";

    private final Output output;
    private final Optional<TimeMerge> merge;

    public CliOperator(Output output) {
        this(output, Optional.empty());
    }

    /** Prints in the order of time, together with others. */
    public CliOperator(Output output, TimeMerge merge) {
        this(output, Optional.of(merge));
    }

    private CliOperator(Output output, Optional<TimeMerge> merge) {
        this.output = output;
        this.merge = merge;
    }

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        return Optional.of(new Instance(output, merge));
    }

    /** The params, without what they mean for a gadget. */
    public static List<Param> params() {
        return List.of(fields("", ""), output("", ""));
    }

    /** The fields param; its texts are made only for help. */
    static Param fields(String defaultValue, String description) {
        return Param.of(PREFIX, "fields", ParamType.UNTYPED, defaultValue, description);
    }

    /** The output param. */
    static Param output(String defaultValue, String description) {
        return Param.of(PREFIX, "output", ParamType.UNTYPED, defaultValue, description)
                .withAlias("o");
    }

    private static final class Instance implements OperatorInstance {
        private final Output output;
        private final Optional<TimeMerge> merge;
        private final List<Pending> pending = new ArrayList<>();
        private final List<Printer> printers = new ArrayList<>();

        /** A data source whose writer can be made only when its layout is fixed. */
        private static final class Pending {
            private final DataSource source;
            private final String mode;
            private final List<Field> fields;
            private Optional<Printer> printer = Optional.empty();

            /**
             * @param fields that are shown, where the mode lets the user choose
             */
            Pending(DataSource source, String mode, List<Field> fields) {
                this.source = source;
                this.mode = mode;
                this.fields = fields;
            }
        }

        Instance(Output output, Optional<TimeMerge> merge) {
            this.output = output;
            this.merge = merge;
        }

        @Override
        public List<Param> params() {
            return CliOperator.params();
        }

        @Override
        public void configure(GadgetContext context) {
            String mode = context.value(output("", ""));
            boolean table = mode.isEmpty() || mode.contains(OutputModes.COLUMNS);
            context.put(Onlooker.KEY, new Onlooker(output.isTerminal() && table));
        }

        @Override
        public void preStart(GadgetContext context) {
            String modeText = context.value(output("", ""));
            OutputModes modes = OutputModes.parse(modeText);
            FieldSelection selection = selection(context);
            requireDataSources(selection, context);
            for (DataSource source : context.dataSources()) {
                String mode = modes.of(source);
                if (OutputModes.supported(source).contains(mode)) {
                    subscribe(source, mode, selection, context);
                } else {
                    refuse(source, mode, context);
                }
            }
            context.onBatchEnd(() -> printers.forEach(Printer::flush));
        }

        private static void refuse(DataSource source, String mode, GadgetContext context) {
            String problem = "output mode \"" + mode + "\" for data source \"" + source.name() + "\" is not supported";
            if (!context.options().compat()) {
                throw new GadgetException(
                        problem + ": one of " + String.join(", ", OutputModes.supported(source)) + " is expected");
            }
            context.log().warn(problem + "; skipping data source");
        }

        private static void requireDataSources(FieldSelection selection, GadgetContext context) {
            for (String name : selection.dataSources()) {
                if (!context.options().compat() && context.dataSource(name).isEmpty()) {
                    throw new GadgetException(
                            "fields are chosen of a data source \"" + name + "\" that does not exist");
                }
            }
        }

        /** Fields are chosen now, so that a wrong name is told before anything is loaded. */
        private void subscribe(DataSource source, String mode, FieldSelection selection, GadgetContext context) {
            List<Field> fields = List.of();
            try {
                if (mode.equals(OutputModes.COLUMNS)) {
                    fields = selection.fields(source, context.options().compat());
                }
            } catch (DataSourceException wrong) {
                tell(wrong, context);
                return;
            }
            Pending waiting = new Pending(source, mode, fields);
            pending.add(waiting);
            if (!mode.equals(OutputModes.NONE)) {
                source.subscribePacket(PRIORITY, packet -> {
                    if (waiting.printer.isPresent()) {
                        waiting.printer.get().print(packet);
                    }
                    return Verdict.KEEP;
                });
            }
        }

        @Override
        public void start(GadgetContext context) {
            for (Pending waiting : pending) {
                writer(waiting, context).ifPresent(writer -> {
                    Printer printer = new Printer(writer, output, merged(waiting), context::requestStop);
                    waiting.printer = Optional.of(printer);
                    printers.add(printer);
                    printer.start();
                });
            }
        }

        private Optional<Printer.Merged> merged(Pending waiting) {
            return merge.map(
                    common -> new Printer.Merged(common, new EventTime(waiting.source), LateMark.of(waiting.mode)));
        }

        private Optional<OutputWriter> writer(Pending waiting, GadgetContext context) {
            try {
                return Optional.of(newWriter(waiting, context));
            } catch (DataSourceException wrong) {
                tell(wrong, context);
                return Optional.empty();
            }
        }

        private static void tell(DataSourceException wrong, GadgetContext context) {
            if (!context.options().compat()) {
                throw new GadgetException(String.valueOf(wrong.getMessage()), wrong);
            }
            context.log().warn(String.valueOf(wrong.getMessage()));
        }

        private OutputWriter newWriter(Pending waiting, GadgetContext context) {
            DataSource source = waiting.source;
            OutputOptions options = new OutputOptions(
                    context.options().compat(), output.isTerminal(), output.terminalWidth(), output.isColored());
            return switch (waiting.mode) {
                case OutputModes.COLUMNS -> ColumnsWriter.of(source, waiting.fields, options);
                case OutputModes.JSON -> JsonWriter.compact(source, options);
                case OutputModes.JSON_PRETTY -> JsonWriter.pretty(source, options);
                case OutputModes.YAML -> YamlWriter.of(source, options);
                case OutputModes.NONE -> new SilentWriter();
                default -> new TextWriter(source, options);
            };
        }

        private static FieldSelection selection(GadgetContext context) {
            Param fields = fields("", "");
            return context.options().values().find(fields).isPresent()
                    ? FieldSelection.parse(context.value(fields))
                    : FieldSelection.usual();
        }

        @Override
        public void postStop(GadgetContext context) {
            printers.forEach(Printer::finish);
        }

        @Override
        public void close() {
            printers.forEach(Printer::close);
        }
    }
}
