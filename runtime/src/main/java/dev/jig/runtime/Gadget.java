// SPDX-License-Identifier: Apache-2.0
package dev.jig.runtime;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.Record;
import dev.jig.datasource.Verdict;
import dev.jig.gadget.EventCount;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Param;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An opened gadget. Records are handed out on a thread of the gadget's, one at a time. */
public final class Gadget implements AutoCloseable {
    /** Behind filters and everything that changes records. */
    private static final int PRIORITY = 10000;

    private final GadgetRun run;
    private final Runnable onClose;

    /**
     * @param onClose called when the run is closed
     */
    Gadget(GadgetRun run, Runnable onClose) {
        this.run = run;
        this.onClose = onClose;
    }

    /** The data sources, in the order of the gadget's metadata. */
    public Collection<DataSource> dataSources() {
        return run.context().dataSources();
    }

    /**
     * A data source by its name.
     *
     * @throws GadgetException when the gadget has none of that name
     */
    public DataSource dataSource(String name) {
        return run.context()
                .dataSource(name)
                .orElseThrow(() -> new GadgetException("the gadget has no data source \"" + name + "\""));
    }

    /** The params that the gadget takes, with their defaults. */
    public List<Param> params() {
        return run.context().params();
    }

    /**
     * Asks for the records of a data source; before {@link #run}. A record is valid during the call only: the caller reads
     * the fields that it wants, or keeps {@link Record#copyOf a copy}.
     */
    public void subscribe(String dataSource, Consumer<Record> consumer) {
        dataSource(dataSource).subscribe(PRIORITY, record -> {
            consumer.accept(record);
            return Verdict.KEEP;
        });
    }

    /** How many events of a data source were delivered and lost so far. */
    public EventCount count(String dataSource) {
        return run.context().count(dataSource(dataSource));
    }

    /** What is known about the run once it has started, by keys such as {@code jig.variant.} and the name of a job. */
    public Map<String, String> information() {
        return run.context().information();
    }

    /**
     * Runs the gadget, once.
     *
     * @param atMost how long; zero until {@link #stop}
     * @throws GadgetException when it cannot be started
     */
    public void run(Duration atMost) {
        run.start();
        run.context().awaitStop(atMost);
        run.stop();
    }

    /** Ends {@link #run} from any thread. */
    public void stop() {
        run.context().requestStop();
    }

    @Override
    public void close() {
        run.close();
        onClose.run();
    }
}
