// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a daemon did since it started, for its own metrics. */
public final class ServiceCounters {
    private final Map<String, LongAdder> runs = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> running = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> asked = new ConcurrentHashMap<>();
    private final LongAdder attached = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    void asked(String image) {
        add(asked, image, 1);
    }

    void started(String image) {
        add(running, image, 1);
    }

    void ended(String image) {
        add(running, image, -1);
        add(runs, image, 1);
    }

    void attached() {
        attached.increment();
    }

    void dropped(long packets) {
        dropped.add(packets);
    }

    /** Whoever names images without end gets one common count. */
    private static void add(Map<String, LongAdder> counts, String image, long value) {
        String key = counts.size() < 1000 || counts.containsKey(image) ? image : "other";
        counts.computeIfAbsent(key, ignored -> new LongAdder()).add(value);
    }

    /** Requests for information about gadgets, by image. */
    public Map<String, Long> informationRequests() {
        return sums(asked);
    }

    /** Runs that have ended, by image. */
    public Map<String, Long> endedRuns() {
        return sums(runs);
    }

    /** Runs that go on, by image. */
    public Map<String, Long> running() {
        return sums(running);
    }

    /** How often clients attached to instances. */
    public long attachments() {
        return attached.sum();
    }

    /** Packets that clients missed because they read too slowly. */
    public long droppedPackets() {
        return dropped.sum();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((image, count) -> sums.put(image, count.sum()));
        return sums;
    }
}
