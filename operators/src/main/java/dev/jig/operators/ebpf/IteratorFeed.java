// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.link.BpfLink;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.object.Hook;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.ring.RingReader;
import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.RecordArray;
import dev.jig.datasource.RecordLayout;
import dev.jig.gadget.GadgetContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The records that iterator programs write, one after the other; what one read gives is one array. */
final class IteratorFeed implements Feed {
    /** Iterators over sockets show those of the reader's network namespace. */
    static final List<String> PER_NETWORK = List.of("tcp", "udp");

    private final List<String> programs;
    private final Map<String, String> targetMaps;
    private final List<Job> jobs;
    private final DataSource source;
    private final RecordLayout layout;
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final RecordMemory memory;
    private final NetworkNamespaces networks;

    private IteratorFeed(
            Marker.Iterator marker,
            Map<String, String> targetMaps,
            List<Job> jobs,
            DataSource source,
            RecordLayout layout,
            GadgetContext context) {
        this.programs = marker.programs();
        this.targetMaps = targetMaps;
        this.jobs = jobs;
        this.source = source;
        this.layout = layout;
        this.memory = new RecordMemory(layout.stride());
        this.networks = new NetworkNamespaces(context.log());
    }

    /**
     * Registers the data source of iterator programs.
     *
     * @param targetMaps the maps that programs of the kind {@code bpf_map_elem} go through, by program
     * @param jobs of which variants may stand in for programs of the marker
     */
    static IteratorFeed bind(
            Marker.Iterator marker,
            Map<String, String> targetMaps,
            List<Job> jobs,
            ObjectFile object,
            KernelTypes kernel,
            GadgetContext context) {
        String rest = marker.name() + "___" + marker.struct() + "___" + String.join("___", marker.programs());
        for (String program : marker.programs()) {
            requireIterator(program, marker, object, rest);
        }
        OptionalInt struct = object.btf().find(marker.struct(), BtfKind.STRUCT);
        if (struct.isEmpty()) {
            throw MarkerReader.problem(rest, "finding struct \"" + marker.struct() + "\" in eBPF object: not found");
        }
        DataSource source = context.register(marker.name(), DataSourceType.ARRAY);
        Container container = StructFields.register(object.btf(), struct.getAsInt(), kernel, source, context.log());
        int size = object.btf().sizeOf(struct.getAsInt());
        RecordLayout layout = new RecordLayout(size, List.of(new RecordLayout.Part(container, 0)));
        return new IteratorFeed(marker, targetMaps, jobs, source, layout, context);
    }

    private static void requireIterator(String name, Marker.Iterator marker, ObjectFile object, String rest) {
        String prefix = "parsing iterator \"" + marker.name() + "\" programs: ";
        Optional<ProgramSpec> program = object.program(name);
        if (program.isEmpty()) {
            throw MarkerReader.problem(rest, prefix + "program \"" + name + "\" not found in eBPF object");
        }
        if (program.get().section().hook() != Hook.ITER) {
            throw MarkerReader.problem(
                    rest,
                    prefix + "invalid program \"" + name
                            + "\": expecting type \"Tracing\" and section name prefix \"iter/\", got \""
                            + program.get().section().type().title() + "\" and \""
                            + program.get().section().text() + "\"");
        }
    }

    @Override
    public void open(GadgetContext context, LoadedObject objects, RingReader reader, Runnable onDone) {
        List<Iteration> iterations = new ArrayList<>();
        for (LoadedObject.Program program : loaded(objects)) {
            String name = program.spec().name();
            String kind = program.spec().section().attachTo();
            BpfLink link = IteratorLinks.attach(
                    program, kind, Optional.ofNullable(targetMaps.get(name)).flatMap(objects::map));
            resources.add(link);
            iterations.add(new Iteration(link, PER_NETWORK.contains(kind)));
        }
        Fetches fetches = new Fetches(
                context, source, FetchSchedule.ofIterator(source), array -> readInto(array, iterations), onDone);
        resources.add(fetches);
        fetches.planOn(reader);
    }

    /** The programs of the marker; where a variant of their job was taken in their place, its iterators. */
    private List<LoadedObject.Program> loaded(LoadedObject objects) {
        List<LoadedObject.Program> found = new ArrayList<>();
        for (String name : programs) {
            Optional<LoadedObject.Program> regular = objects.program(name);
            if (regular.isPresent()) {
                found.add(regular.get());
            } else {
                addVariants(name, objects, found);
            }
        }
        return found;
    }

    private void addVariants(String regular, LoadedObject objects, List<LoadedObject.Program> found) {
        for (Job job : jobs) {
            for (Job.Variant variant : job.has(regular) ? job.variants() : List.<Job.Variant>of()) {
                for (Job.Part part : variant.parts()) {
                    Optional<LoadedObject.Program> program = objects.program(part.function());
                    if (part.hook() == Hook.ITER && program.isPresent() && !found.contains(program.get())) {
                        found.add(program.get());
                    }
                }
            }
        }
    }

    private record Iteration(BpfLink link, boolean perNetwork) {}

    private void readInto(RecordArray array, List<Iteration> iterations) {
        memory.clear();
        for (Iteration iteration : iterations) {
            if (iteration.perNetwork) {
                networks.forEach(() -> IteratorLinks.read(iteration.link, memory));
            } else {
                IteratorLinks.read(iteration.link, memory);
            }
        }
        memory.addTo(array, layout);
    }

    @Override
    public void close() {
        Resources.closeAll(resources);
        memory.close();
    }
}
