// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.object.VariableValues;
import dev.jig.bpf.ring.RingReader;
import dev.jig.bpf.symbols.KernelSymbolTable;
import dev.jig.gadget.Explanation;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.operators.LoadedGadget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The eBPF part of one run. */
final class EbpfInstance implements OperatorInstance {
    private final ObjectFile object;
    private final KernelTypes kernel;
    private final List<VariableParam> variables = new ArrayList<>();
    private final List<Feed> feeds = new ArrayList<>();
    private final List<Job> jobs;
    private final Set<String> neededMaps = new HashSet<>();
    /** Ring buffers that may as well be perf buffers. */
    private final Set<String> flexibleMaps = new HashSet<>();

    /** The maps whose sockets programs rule over, by program. */
    private final Map<String, String> socketMaps = new HashMap<>();

    private final Buffers buffers;
    private final KernelStacks kernelStacks;
    private final SymbolConstants symbolConstants;
    private PushDown pushDown = PushDown.NONE;
    private Optional<LoadedObject> loaded = Optional.empty();
    private Optional<Attacher> attacher = Optional.empty();
    private Optional<RingReader> reader = Optional.empty();
    private Optional<RingThread> thread = Optional.empty();

    EbpfInstance(GadgetContext context, ObjectFile object, KernelTypes kernel, Buffers buffers) {
        this.object = object;
        this.kernel = kernel;
        this.buffers = buffers;
        List<Marker> markers = new MarkerReader(object.btf(), context.log()).read();
        Map<String, String> iteratorTargets = new HashMap<>();
        for (Marker marker : markers) {
            if (marker instanceof Marker.IteratorTarget target) {
                iteratorTargets.put(target.program(), target.map());
            } else if (marker instanceof Marker.SocketTarget target) {
                socketMaps.put(target.program(), SocketTargets.check(target, object));
            } else if (marker instanceof Marker.TracerMap tracerMap) {
                MarkerReader.requireMap(object, tracerMap.map(), tracerMap.map());
                flexibleMaps.add(tracerMap.map());
            }
        }
        jobs = JobReader.of(object, markers);
        for (Marker marker : markers) {
            add(marker, iteratorTargets, context);
        }
        LazySymbols symbols = new LazySymbols(KernelSymbolTable::running);
        kernelStacks = new KernelStacks(context.log(), symbols);
        symbolConstants = SymbolConstants.of(object, markers, symbols);
        kernelStacks.addTo(context.dataSources(), object);
        KernelStacks.requireUserMap(context.dataSources(), object);
        neededMaps.addAll(iteratorTargets.values());
        neededMaps.addAll(socketMaps.values());
    }

    // Not a pattern switch: its bootstrap would cost a millisecond of each start.
    private void add(Marker marker, Map<String, String> iteratorTargets, GadgetContext context) {
        if (marker instanceof Marker.Tracer tracer) {
            feeds.add(TracerFeed.bind(tracer, object, kernel, context, !hasFeed(TracerFeed.class)));
            neededMaps.add(tracer.map());
        } else if (marker instanceof Marker.Parameter parameter) {
            variables.add(VariableParam.of(object, parameter.variable(), context.configuration()));
        } else if (marker instanceof Marker.Iterator iterator) {
            feeds.add(IteratorFeed.bind(iterator, iteratorTargets, jobs, object, kernel, context));
        } else if (marker instanceof Marker.MapIterator iterator) {
            feeds.add(MapFeed.bind(iterator, object, kernel, context));
            neededMaps.add(iterator.map());
        }
    }

    private List<TracerFeed> tracers() {
        List<TracerFeed> tracers = new ArrayList<>();
        for (Feed feed : feeds) {
            if (feed instanceof TracerFeed tracer) {
                tracers.add(tracer);
            }
        }
        return tracers;
    }

    private boolean hasFeed(Class<? extends Feed> type) {
        for (Feed feed : feeds) {
            if (type.isInstance(feed)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Param> params() {
        List<Param> params = new ArrayList<>(VariableParam.params(variables));
        params.add(TracerFeed.BUFFER_SIZE);
        params.add(PushDown.PUSH_DOWN);
        params.add(MapSizes.MAP_SIZE);
        params.add(HooksParam.HOOKS);
        if (NetworkInterfaces.areNeeded(object, jobs)) {
            params.add(NetworkInterfaces.INTERFACE);
        }
        if (hasFeed(MapFeed.class)) {
            params.add(FetchParam.INTERVAL);
            params.add(FetchParam.COUNT);
        }
        return params;
    }

    @Override
    public void start(GadgetContext context) {
        try {
            ProgramStart programs = load(context, choice(context));
            kernelStacks.open(programs.object());
            openFeeds(context);
            context.put(LoadedGadget.KEY, new LoadedGadget(programs.object(), perfBuffers()));
            programs.attacher().attachAll(programs.object(), programs.attached());
            programs.attacher().follow(reader.orElseThrow());
        } catch (BpfException refused) {
            release();
            throw new GadgetException(String.valueOf(refused.getMessage()), refused);
        } catch (RuntimeException failure) {
            release();
            throw failure;
        }
    }

    private Map<String, Long> perfBuffers() {
        Map<String, Long> bytes = new HashMap<>();
        feeds.forEach(feed -> bytes.putAll(feed.perfBuffers()));
        return bytes;
    }

    private JobChoice choice(GadgetContext context) {
        HooksParam requests = HooksParam.parse(context.value(HooksParam.HOOKS), jobs);
        return new JobChoice(object, jobs, requests, context, unwantedPrograms(context));
    }

    private ProgramStart load(GadgetContext context, JobChoice choice) {
        Set<String> unwanted = unwantedPrograms(context);
        ProgramStart programs =
                ProgramStart.of(choice, () -> loader(context, unwanted), () -> attacher(context), context);
        loaded = Optional.of(programs.object());
        attacher = Optional.of(programs.attacher());
        return programs;
    }

    /** All is attached, too, for loading proves little, but for no longer than that takes. */
    @Override
    public List<Explanation> explain(GadgetContext context) {
        try {
            JobChoice choice = choice(context);
            ProgramStart programs = load(context, choice);
            programs.attacher().attachAll(programs.object(), programs.attached());
            programs.attacher().close();
            List<Explanation> sections =
                    new ArrayList<>(EbpfExplanation.of(programs.object(), choice.outcomes(), context.configuration()));
            pushDown.explain().ifPresent(sections::add);
            return sections;
        } catch (BpfException refused) {
            throw new GadgetException(String.valueOf(refused.getMessage()), refused);
        } finally {
            release();
        }
    }

    private Attacher attacher(GadgetContext context) {
        String networkInterface =
                NetworkInterfaces.areNeeded(object, jobs) ? context.value(NetworkInterfaces.INTERFACE) : "";
        return new Attacher(
                context.configuration(),
                context.log(),
                new NetworkAttacher(networkInterface, socketMaps, context.log()));
    }

    private Set<String> unwantedPrograms(GadgetContext context) {
        VariableValues values = new VariableValues(object);
        for (VariableParam variable : variables) {
            variable.write(context, values);
        }
        return AutoloadCondition.unwanted(object, values, context.configuration());
    }

    private ObjectLoader loader(GadgetContext context, Set<String> unwanted) {
        ObjectLoader loader = new ObjectLoader(object, kernel);
        includeAll(loader);
        unwanted.forEach(loader::exclude);
        if (!jobs.isEmpty()) {
            makeOnlyNeededMaps(loader);
        }
        for (VariableParam variable : variables) {
            variable.write(context, loader.variables());
        }
        MachineConstants.apply(object, loader.variables());
        symbolConstants.write(loader.variables(), context.log());
        SwitchedMaps.adjust(object, loader);
        if (!flexibleMaps.isEmpty() && buffers.usePerf()) {
            flexibleMaps.forEach(map -> loader.adjustMap(map, TracerBuffer::asPerf));
        }
        for (Feed feed : feeds) {
            feed.adjust(context, loader);
        }
        MapSizes.parse(context.value(MapSizes.MAP_SIZE), object).adjust(loader);
        pushDown = PushDown.of(context, tracers());
        pushDown.adjust(loader);
        return loader;
    }

    /** A question mark before a section's name means nothing to gadgets. */
    private void includeAll(ObjectLoader loader) {
        for (ProgramSpec program : object.programs()) {
            Attacher.requireKnownSection(program);
            if (!program.section().autoload()) {
                loader.include(program.name());
            }
        }
    }

    /** What only variants use that are not chosen costs nothing. */
    private void makeOnlyNeededMaps(ObjectLoader loader) {
        for (MapSpec map : object.maps()) {
            if (!neededMaps.contains(map.name())) {
                loader.makeIfUsed(map.name());
            }
        }
    }

    private void openFeeds(GadgetContext context) {
        RingReader opened = new RingReader();
        reader = Optional.of(opened);
        Runnable onDone = endWithLast(context);
        List<LossReporter> losses = new ArrayList<>();
        for (Feed feed : feeds) {
            feed.open(context, loaded.orElseThrow(), opened, onDone);
            feed.losses().ifPresent(losses::add);
        }
        thread = Optional.of(new RingThread(opened, losses));
    }

    /** A gadget of which nothing more will come ends by itself; upstream's waits. */
    private Runnable endWithLast(GadgetContext context) {
        AtomicInteger left = new AtomicInteger(feeds.size());
        boolean waits = context.options().compat();
        return () -> {
            if (left.decrementAndGet() == 0 && !waits) {
                context.requestStop();
            }
        };
    }

    @Override
    public void started(GadgetContext context) {
        thread.ifPresent(RingThread::start);
    }

    @Override
    public void stop(GadgetContext context) {
        attacher.ifPresent(Attacher::close);
        thread.ifPresent(RingThread::stop);
        kernelStacks.report();
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
        Resources.closeAll(feeds);
        kernelStacks.close();
        reader.ifPresent(RingReader::close);
        reader = Optional.empty();
        loaded.ifPresent(LoadedObject::close);
        loaded = Optional.empty();
    }
}
