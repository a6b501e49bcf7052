// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.ring.RingBuffer;
import dev.jig.bpf.ring.RingReader;
import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The eBPF part of one run. */
final class EbpfInstance implements OperatorInstance {
    private static final Param BUFFER_SIZE = Param.of(
                    EbpfOperator.PREFIX,
                    "buffer-size",
                    ParamType.STRING,
                    "",
                    "Size of each ring buffer, a power of two such as 64M; empty for the gadget's own")
            .withTitle("Buffer Size", "advanced", "group:eBPF");

    private final ObjectFile object;
    private final KernelTypes kernel;
    private final List<VariableParam> variables = new ArrayList<>();
    private final List<BoundTracer> tracers = new ArrayList<>();
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<LossReporter> losses = new ArrayList<>();
    private Optional<LoadedObject> loaded = Optional.empty();
    private Optional<Attacher> attacher = Optional.empty();
    private Optional<RingThread> thread = Optional.empty();

    private record BoundTracer(Marker.Tracer marker, DataSource source, Container container) {}

    EbpfInstance(GadgetContext context, ObjectFile object, KernelTypes kernel) {
        this.object = object;
        this.kernel = kernel;
        for (Marker marker : new MarkerReader(object.btf(), context.log()).read()) {
            add(marker, context);
        }
    }

    // Not a pattern switch: its bootstrap would cost a millisecond of each start.
    private void add(Marker marker, GadgetContext context) {
        if (marker instanceof Marker.Tracer tracer) {
            tracers.add(bind(tracer, context));
        } else if (marker instanceof Marker.Parameter parameter) {
            variables.add(VariableParam.of(object, parameter.variable(), context.configuration()));
        } else if (marker instanceof Marker.TracerMap tracerMap) {
            requireMap(tracerMap.map(), tracerMap.map());
        } else if (marker instanceof Marker.Iterator iterator) {
            throw new GadgetException("data source \"" + iterator.name()
                    + "\" is filled by iterator programs, which this version does not run");
        } else if (marker instanceof Marker.MapIterator iterator) {
            throw new GadgetException("data source \"" + iterator.name()
                    + "\" is the content of a map, which this version does not read");
        }
    }

    private BoundTracer bind(Marker.Tracer tracer, GadgetContext context) {
        String rest = tracer.name() + "___" + tracer.map() + "___" + tracer.struct();
        MapSpec map = requireMap(tracer.map(), rest);
        if (map.type() != MapType.RINGBUF && map.type() != MapType.PERF_EVENT_ARRAY) {
            throw MarkerReader.problem(
                    rest,
                    "trace map is invalid: map \"" + tracer.map()
                            + "\" has a wrong type, expected: ringbuf or perf event array, got: type " + map.type());
        }
        OptionalInt struct = object.btf().find(tracer.struct(), BtfKind.STRUCT);
        if (struct.isEmpty()) {
            throw MarkerReader.problem(rest, "finding struct \"" + tracer.struct() + "\" in eBPF object: not found");
        }
        DataSource source = context.register(tracer.name(), DataSourceType.SINGLE);
        StructFields fields = new StructFields(object.btf()).read(struct.getAsInt());
        Container container = fields.addTo(source);
        new EnumFormatter(object.btf(), kernel, context.log()).addTo(source, fields.enums());
        return new BoundTracer(tracer, source, container);
    }

    private MapSpec requireMap(String name, String rest) {
        return object.map(name)
                .orElseThrow(() -> MarkerReader.problem(rest, "map \"" + name + "\" not found in eBPF object"));
    }

    @Override
    public List<Param> params() {
        List<Param> params = new ArrayList<>(VariableParam.params(variables));
        params.add(BUFFER_SIZE);
        return params;
    }

    @Override
    public void start(GadgetContext context) {
        try {
            load(context);
            openBuffers(context);
            Attacher programs = new Attacher(context.configuration(), context.log());
            attacher = Optional.of(programs);
            programs.attachAll(loaded.orElseThrow());
        } catch (BpfException refused) {
            release();
            throw new GadgetException(String.valueOf(refused.getMessage()), refused);
        } catch (RuntimeException failure) {
            release();
            throw failure;
        }
    }

    private void load(GadgetContext context) {
        ObjectLoader loader = new ObjectLoader(object, kernel);
        for (VariableParam variable : variables) {
            variable.write(context, loader.variables());
        }
        StackMaps.adjust(object, loader);
        String size = context.value(BUFFER_SIZE);
        if (!size.isEmpty()) {
            int bytes = ByteSize.parseRing(size);
            for (BoundTracer tracer : tracers) {
                loader.adjustMap(tracer.marker.map(), spec -> spec.withMaxEntries(bytes));
            }
        }
        loaded = Optional.of(loader.load());
    }

    private void openBuffers(GadgetContext context) {
        RingReader reader = new RingReader();
        resources.add(reader);
        for (BoundTracer bound : tracers) {
            LoadedObject kernelObjects = loaded.orElseThrow();
            RingBuffer ring =
                    new RingBuffer(kernelObjects.map(bound.marker.map()).orElseThrow());
            resources.add(ring);
            Tracer tracer = new Tracer(context, bound.source, bound.container);
            resources.add(tracer);
            reader.add(ring, tracer);
            Optional<LossCounter> counter =
                    kernelObjects.map(bound.marker.map() + "_lost_samples").map(LossCounter::new);
            losses.add(new LossReporter(
                    bound.source.name(), counter, missCounter(bound), context.count(bound.source), context.log()));
        }
        thread = Optional.of(new RingThread(reader, losses));
    }

    /** Which data source a program feeds is not known: what was missed is told with the first one. */
    private MissCounter missCounter(BoundTracer bound) {
        if (!bound.equals(tracers.getFirst())) {
            return new MissCounter(List.of());
        }
        return new MissCounter(loaded.orElseThrow().programs().stream()
                .map(LoadedObject.Program::program)
                .toList());
    }

    @Override
    public void started(GadgetContext context) {
        thread.ifPresent(RingThread::start);
    }

    @Override
    public void stop(GadgetContext context) {
        attacher.ifPresent(Attacher::close);
        thread.ifPresent(RingThread::stop);
    }

    @Override
    public void close() {
        release();
    }

    private void release() {
        attacher.ifPresent(Attacher::close);
        attacher = Optional.empty();
        thread.ifPresent(RingThread::stop);
        thread = Optional.empty();
        losses.forEach(LossReporter::close);
        losses.clear();
        for (AutoCloseable resource : resources.reversed()) {
            close(resource);
        }
        resources.clear();
        loaded.ifPresent(LoadedObject::close);
        loaded = Optional.empty();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new AssertionError("buffers close without checked exceptions", impossible);
        }
    }
}
