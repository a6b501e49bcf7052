// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Operator;
import dev.jig.gadget.RunOptions;
import dev.jig.operators.cli.CliOperator;
import dev.jig.operators.cli.GadgetTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A gadget that runs together with others. */
final class OneOfSeveral implements AutoCloseable {
    private final String image;
    private final String tag;
    private final RunCommand.Request request;
    private final Map<String, String> values;
    private final RunOptions options;
    private GadgetContext context;
    private GadgetRun run;

    /**
     * @param tag how it is told from the others
     * @param early what is known of the command line before the gadget is
     * @param said messages that were told already: none is told once for each gadget
     */
    OneOfSeveral(String image, String tag, RunCommand.Request request, FlagSet.Parsed early, Set<String> said) {
        this.image = image;
        this.tag = tag;
        this.request = request;
        this.values = new LinkedHashMap<>();
        request.settings().fill(request.known().flags(), values);
        values.putAll(RunCommand.values(early));
        RunOptions shared = request.surroundings().options(values);
        this.options = new RunOptions(shared.values(), new OnceLog(shared.log(), said), shared.compat());
        this.context = RunCommand.context(image, request, options);
        this.run = new GadgetRun(context, List.of());
    }

    String tag() {
        return tag;
    }

    GadgetContext context() {
        return context;
    }

    GadgetRun run() {
        return run;
    }

    /** Reads the gadget: its params and data sources are known then. */
    void prepare(CommonOutput output, boolean tagged) {
        List<Operator> operators = new ArrayList<>();
        for (Operator operator : request.operators()) {
            if (!(operator instanceof CliOperator)) {
                operators.add(operator);
            }
        }
        if (tagged) {
            operators.add(new GadgetTag(tag));
        }
        operators.add(output.printer());
        context = RunCommand.context(image, request, options);
        run = new GadgetRun(context, operators);
        RunCommand.prepare(run);
    }

    /** Sets the values of its params; where these change what the gadget is, it is read anew. */
    void set(Map<String, String> given, CommonOutput output, boolean tagged) {
        int custom = RunCommand.customValues(values);
        List<Flag> flags = new ArrayList<>();
        context.params().forEach(param -> flags.add(Flag.of(param)));
        request.settings().fill(flags, values);
        values.putAll(given);
        if (RunCommand.customValues(values) > custom) {
            run.close();
            prepare(output, tagged);
        }
    }

    @Override
    public void close() {
        run.close();
    }
}
