// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.bpf.sys.Architecture;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.LocalZone;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The recording of one run. */
final class RecorderInstance implements OperatorInstance {
    /** Behind the filters, which subscribe at 9000, and before whatever sorts or cuts what they leave. */
    private static final int SUBSCRIPTION = 9001;

    private final Supplier<RecordingFile> target;
    private final RecordingClock clock = new RecordingClock();
    private final List<SourceSnapshot> snapshots = new ArrayList<>();
    private final List<Tap> taps = new ArrayList<>();
    private final RecorderThread thread = new RecorderThread();
    private Optional<Recorder> recorder = Optional.empty();

    /** Where the records of a data source go once there is a plan for them. */
    private static final class Tap {
        private Optional<RecordedSource> source = Optional.empty();
    }

    /**
     * @param target makes the file, before anything is loaded
     */
    RecorderInstance(Supplier<RecordingFile> target, GadgetContext context) {
        this.target = target;
        context.put(Origin.KEY, new Origin(Architecture.current().ociName(), LocalZone.current(), clock));
        for (DataSource source : context.dataSources()) {
            snapshots.add(SourceSnapshot.of(source));
        }
    }

    @Override
    public void preStart(GadgetContext context) {
        Recorder made = new Recorder(target.get(), clock, context);
        recorder = Optional.of(made);
        for (SourceSnapshot snapshot : snapshots) {
            Tap tap = new Tap();
            taps.add(tap);
            snapshot.source().subscribePacket(SUBSCRIPTION, packet -> {
                if (tap.source.isPresent()) {
                    made.record(tap.source.get(), packet);
                }
                return Verdict.KEEP;
            });
        }
        context.onBatchEnd(made::endBatch);
    }

    @Override
    public void start(GadgetContext context) {
        List<RecordedSource> sources = new ArrayList<>();
        for (int i = 0; i < snapshots.size(); i++) {
            RecordedSource source = new RecordedSource(snapshots.get(i), i);
            sources.add(source);
            taps.get(i).source = Optional.of(source);
        }
        Recorder made = recorder.orElseThrow();
        made.start(DescriptionWriter.write(context, sources, clock), sources);
        thread.start(made);
    }

    @Override
    public void postStop(GadgetContext context) {
        thread.stop();
        recorder.ifPresent(Recorder::finish);
    }

    @Override
    public void close() {
        thread.stop();
        recorder.ifPresent(Recorder::close);
        recorder = Optional.empty();
    }
}
