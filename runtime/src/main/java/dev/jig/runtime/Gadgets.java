// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Log;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.RunOptions;
import dev.jig.operators.ebpf.Buffers;
import dev.jig.recording.RecordOperator;
import java.util.Map;

/** Runs gadgets on this machine and hands their records to Java code. */
public final class Gadgets {
    private final Locations locations;
    private final Log log;
    private final Buffers buffers;
    private final SharedState shared;

    private Gadgets(Locations locations, Log log, Buffers buffers, SharedState shared) {
        this.locations = locations;
        this.log = log;
        this.buffers = buffers;
        this.shared = shared;
    }

    /** Gadgets of the usual store and of the program that the environment variable {@code JIG_HOME} names. */
    public static Gadgets local() {
        return in(Locations.of(System.getenv(), true), Log.NONE);
    }

    /** Gadgets of these folders, with messages to this log. */
    public static Gadgets in(Locations locations, Log log) {
        return new Gadgets(locations, log, Buffers.AUTOMATIC, new SharedState());
    }

    /** The same with another way of records from the kernel, for instance that of older kernels. */
    public Gadgets using(Buffers newBuffers) {
        return new Gadgets(locations, log, newBuffers, shared);
    }

    /**
     * Opens a gadget: its data sources and fields are known when this returns, nothing runs yet.
     *
     * @param params values by fully qualified names, for instance {@code operator.oci.ebpf.comm}
     * @return the gadget, to be closed by the caller
     * @throws GadgetException when there is no such gadget or a value is wrong
     */
    public Gadget open(String image, Map<String, String> params) {
        GadgetContext context = new GadgetContext(image, new RunOptions(ParamValues.of(params), log, false));
        GadgetRun run = new GadgetRun(context, LocalOperators.with(locations, buffers, shared, new RecordOperator()));
        try {
            run.prepare();
            return new Gadget(run, () -> {});
        } catch (RuntimeException failure) {
            run.close();
            throw failure;
        }
    }
}
