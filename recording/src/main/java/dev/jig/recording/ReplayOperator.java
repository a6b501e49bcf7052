// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import dev.jig.datasource.DataSourceException;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.ImageFacts;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Origin;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Stands in for those that made the records: registers their data sources and hands out what was recorded. */
public final class ReplayOperator implements Operator {
    /** Full name of the param that says how fast. */
    public static final Param SPEED = Param.of(
            "operator.replay.",
            "speed",
            ParamType.FLOAT64,
            "1",
            "How many times as fast as it was recorded; 0 for as fast as it goes");

    private static final int PRIORITY = -1000;

    private final Path path;
    private final BlockReader reader;
    private final Description description;
    private final ReplayTexts texts;
    private final List<ReplayedSource> sources;

    /**
     * @param sources gets those that are registered
     */
    ReplayOperator(
            Path path, BlockReader reader, Description description, ReplayTexts texts, List<ReplayedSource> sources) {
        this.path = path;
        this.reader = reader;
        this.description = description;
        this.texts = texts;
        this.sources = sources;
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public List<Param> instanceParams() {
        return List.of(SPEED);
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        ReplayClock clock = new ReplayClock();
        try {
            context.put(ImageFacts.KEY, new ImageFacts(description.digest(), description.metadata()));
            context.setConfiguration(Configuration.of(description.configuration()));
            context.put(Origin.KEY, new Origin(description.architecture(), description.zone(), clock));
            for (Tree source : description.sources()) {
                sources.add(ReplayedSource.register(source, context, texts));
            }
        } catch (DataSourceException | RecordingException wrong) {
            throw new GadgetException(path + ": " + wrong.getMessage(), wrong);
        }
        return Optional.of(new Instance(new Player(path, reader, sources, texts, clock, context)));
    }

    private final class Instance implements OperatorInstance {
        private final Player player;

        Instance(Player player) {
            this.player = player;
        }

        @Override
        public void start(GadgetContext context) {
            double speed = Double.parseDouble(context.value(SPEED));
            if (!Double.isFinite(speed) || speed < 0) {
                throw new GadgetException("--speed must be 0 or more, not " + speed);
            }
            description.information().forEach(context::inform);
            sources.forEach(source -> source.start(context));
            player.setSpeed(speed);
        }

        @Override
        public void started(GadgetContext context) {
            player.start();
        }

        @Override
        public void stop(GadgetContext context) {
            player.stop();
        }

        @Override
        public void close() {
            player.stop();
            sources.forEach(ReplayedSource::close);
            sources.clear();
        }
    }
}
