// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static java.util.Objects.requireNonNull;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.WireField;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Everything that the operators of one run share. Used by one thread until the run has started. */
public final class GadgetContext {
    private final String imageName;
    private final RunOptions options;
    private final Map<String, DataSource> dataSources = new LinkedHashMap<>();
    private final Map<String, EventCount> counts = new LinkedHashMap<>();
    private final Map<ContextKey<?>, Object> variables = new HashMap<>();
    private final Map<String, String> information = new ConcurrentHashMap<>();
    private final List<Param> declared = new ArrayList<>();
    private final List<Runnable> batchEnds = new ArrayList<>();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private Configuration configuration = Configuration.empty();

    /**
     * @param imageName the gadget image as its user named it
     */
    public GadgetContext(String imageName, RunOptions options) {
        this.imageName = requireNonNull(imageName, "imageName is null");
        this.options = requireNonNull(options, "options is null");
    }

    /** The gadget image as its user named it. */
    public String imageName() {
        return imageName;
    }

    /** How this run was asked for. */
    public RunOptions options() {
        return options;
    }

    /** Where messages for the user go. */
    public Log log() {
        return options.log();
    }

    /** The value of a param of this run, or its default. */
    public String value(Param param) {
        return options.values().get(param);
    }

    /** The gadget's metadata; empty until the image has been read. */
    public Configuration configuration() {
        return configuration;
    }

    /** Sets the gadget's metadata; called once, by whoever reads the image. */
    public void setConfiguration(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Makes and registers a data source; the metadata's tags and annotations for it are applied. A source of the same
     * name is replaced.
     */
    public DataSource register(String name, DataSourceType type) {
        SourceConfiguration source = new SourceConfiguration(configuration.below("datasources." + name));
        DataSource dataSource = DataSource.create(name, type, source);
        dataSource.addTags(source.tags());
        source.annotations().forEach(dataSource::annotate);
        dataSources.put(name, dataSource);
        counts.put(name, new EventCount());
        return dataSource;
    }

    /** Registers a data source whose records another process made; fields that are added here are configured by the metadata. */
    public DataSource register(String name, DataSourceType type, ByteOrder byteOrder, List<WireField> fields) {
        SourceConfiguration source = new SourceConfiguration(configuration.below("datasources." + name));
        DataSource received = DataSource.received(name, type, byteOrder, fields, source);
        register(received);
        return received;
    }

    /** Registers a data source that another process made. */
    public void register(DataSource received) {
        dataSources.put(received.name(), received);
        counts.put(received.name(), new EventCount());
    }

    /** The referenced data sources, in the order of their registration. */
    public Collection<DataSource> dataSources() {
        List<DataSource> referenced = new ArrayList<>();
        for (DataSource source : dataSources.values()) {
            if (source.isReferenced()) {
                referenced.add(source);
            }
        }
        return referenced;
    }

    /** A data source by its name. */
    public Optional<DataSource> dataSource(String name) {
        return Optional.ofNullable(dataSources.get(name));
    }

    /** Fixes the layout of all data sources; those that are no longer referenced still hand records to their subscribers. */
    void startDataSources() {
        dataSources.values().forEach(DataSource::start);
    }

    /** What became of a data source's events. */
    public EventCount count(DataSource source) {
        return counts.computeIfAbsent(source.name(), name -> new EventCount());
    }

    /** The counts of all data sources by name, in the order of their registration. */
    public Map<String, EventCount> counts() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** Asks to be called when no further event is there right now: what was buffered should be handed on. */
    public void onBatchEnd(Runnable action) {
        batchEnds.add(action);
    }

    /** Tells everybody who asked that no further event is there right now. */
    public void endBatch() {
        for (int i = 0; i < batchEnds.size(); i++) {
            batchEnds.get(i).run();
        }
    }

    /** Asks for the end of the run, from any thread. */
    public void requestStop() {
        stopRequested.countDown();
    }

    /**
     * Waits until somebody asks for the end of the run.
     *
     * @param atMost how long; zero for as long as it takes
     */
    public void awaitStop(Duration atMost) {
        try {
            if (atMost.isZero()) {
                stopRequested.await();
            } else if (!stopRequested.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                log().debug("the time is over");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells something about this run, under a key such as {@code jig.variant.} and the name of a job. */
    public void inform(String key, String value) {
        information.put(key, value);
    }

    /** What operators tell about this run, sorted by key; complete when it has started. */
    public Map<String, String> information() {
        return Collections.unmodifiableMap(new TreeMap<>(information));
    }

    /** Leaves something for other operators. */
    public <T> void put(ContextKey<T> key, T value) {
        variables.put(key, value);
    }

    /** What another operator left. */
    public <T> Optional<T> find(ContextKey<T> key) {
        return Optional.ofNullable(variables.get(key)).map(key.type()::cast);
    }

    /** The params that take effect in this run, once the operators are instantiated. */
    public List<Param> params() {
        return List.copyOf(declared);
    }

    void declare(Collection<Param> params) {
        for (Param param : params) {
            declared.add(withConfiguredDefault(param));
        }
    }

    /** {@code paramDefaults} of the metadata changes the default of any operator's param. */
    private Param withConfiguredDefault(Param param) {
        return configuration
                .below("paramdefaults")
                .text(param.qualifiedName())
                .map(param::withDefault)
                .orElse(param);
    }
}
