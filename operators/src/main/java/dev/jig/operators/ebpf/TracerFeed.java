// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.ring.RingReader;
import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A stream of records through a ring buffer or a perf buffer. */
final class TracerFeed implements Feed {
    static final Param BUFFER_SIZE = Param.of(
                    EbpfOperator.PREFIX,
                    "buffer-size",
                    ParamType.STRING,
                    "",
                    "Size of each ring buffer, or of each processor's perf buffer, such as 64M; empty for the gadget's own")
            .withTitle("Buffer Size", "advanced", "group:eBPF");

    private final String map;
    private final DataSource source;
    private final Container container;
    private final boolean tellsMisses;
    /** Bytes of one processor's part, if it is a perf buffer. */
    private int perfSize;

    private final List<AutoCloseable> resources = new ArrayList<>();
    private Optional<LossReporter> losses = Optional.empty();
    private Map<String, Long> perfBuffers = Map.of();

    private TracerFeed(MapSpec map, DataSource source, Container container, boolean tellsMisses) {
        this.map = map.name();
        this.perfSize = TracerBuffer.perfSize(map);
        this.source = source;
        this.container = container;
        this.tellsMisses = tellsMisses;
    }

    /**
     * Registers the data source of a tracer.
     *
     * @param tellsMisses whether what programs missed is counted as lost here: which data source a program feeds is not known
     */
    static TracerFeed bind(
            Marker.Tracer tracer, ObjectFile object, KernelTypes kernel, GadgetContext context, boolean tellsMisses) {
        String rest = tracer.name() + "___" + tracer.map() + "___" + tracer.struct();
        MapSpec map = MarkerReader.requireMap(object, tracer.map(), rest);
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
        Container container = StructFields.register(object.btf(), struct.getAsInt(), kernel, source, context.log());
        return new TracerFeed(map, source, container, tellsMisses);
    }

    /** The buffer that programs send records to. */
    String map() {
        return map;
    }

    DataSource source() {
        return source;
    }

    /** What the bytes of a record mean. */
    Container container() {
        return container;
    }

    @Override
    public void adjust(GadgetContext context, ObjectLoader loader) {
        String size = context.value(BUFFER_SIZE);
        if (!size.isEmpty()) {
            int bytes = ByteSize.parseRing(size);
            perfSize = bytes;
            loader.adjustMap(map, spec -> MapType.isRing(spec.type()) ? spec.withMaxEntries(bytes) : spec);
        }
    }

    @Override
    public void open(GadgetContext context, LoadedObject objects, RingReader reader, Runnable onDone) {
        BpfMap opened = objects.map(map).orElseThrow();
        TracerBuffer buffer = MapType.isRing(opened.definition().type())
                ? TracerBuffer.ofRing(opened, objects.map(map + "_lost_samples"))
                : TracerBuffer.ofPerf(opened, perfSize);
        resources.add(buffer.ring());
        if (!MapType.isRing(opened.definition().type())) {
            perfBuffers = Map.of(map, buffer.ring().size());
        }
        Tracer tracer = new Tracer(context, source, container);
        resources.add(tracer);
        reader.add(buffer.ring(), tracer);
        MissCounter misses = new MissCounter(
                tellsMisses
                        ? objects.programs().stream()
                                .map(LoadedObject.Program::program)
                                .toList()
                        : List.of());
        LossReporter reporter =
                new LossReporter(source.name(), buffer.losses(), misses, context.count(source), context.log());
        resources.add(reporter);
        losses = Optional.of(reporter);
    }

    @Override
    public Optional<LossReporter> losses() {
        return losses;
    }

    @Override
    public Map<String, Long> perfBuffers() {
        return perfBuffers;
    }

    @Override
    public void close() {
        Resources.closeAll(resources);
    }
}
