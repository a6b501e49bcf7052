// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.List;

/** The subscribers of one data source by ascending priority; those of equal priority in order of registration. */
final class Subscriptions {
    private sealed interface Subscription {
        int priority();

        Verdict deliver(Record record);

        Verdict deliver(RecordArray array);
    }

    private record OfRecord(int priority, RecordSubscriber subscriber) implements Subscription {
        @Override
        public Verdict deliver(Record record) {
            return subscriber.accept(record);
        }

        @Override
        public Verdict deliver(RecordArray array) {
            array.retain(subscriber);
            return Verdict.KEEP;
        }
    }

    private record OfArray(int priority, ArraySubscriber subscriber) implements Subscription {
        @Override
        public Verdict deliver(Record record) {
            return Verdict.KEEP;
        }

        @Override
        public Verdict deliver(RecordArray array) {
            return subscriber.accept(array);
        }
    }

    private record OfPacket(int priority, PacketSubscriber subscriber) implements Subscription {
        @Override
        public Verdict deliver(Record record) {
            return subscriber.accept(record);
        }

        @Override
        public Verdict deliver(RecordArray array) {
            return subscriber.accept(array);
        }
    }

    private final List<Subscription> subscriptions = new ArrayList<>();

    void addRecord(RecordSubscriber subscriber, int priority) {
        insert(new OfRecord(priority, subscriber));
    }

    void addArray(ArraySubscriber subscriber, int priority) {
        insert(new OfArray(priority, subscriber));
    }

    void addPacket(PacketSubscriber subscriber, int priority) {
        insert(new OfPacket(priority, subscriber));
    }

    boolean isEmpty() {
        return subscriptions.isEmpty();
    }

    private void insert(Subscription added) {
        int at = subscriptions.size();
        while (at > 0 && subscriptions.get(at - 1).priority() > added.priority()) {
            at--;
        }
        subscriptions.add(at, added);
    }

    /** Delivers one record; false if a subscriber discarded it. */
    boolean deliver(Record record) {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).deliver(record) == Verdict.DISCARD) {
                return false;
            }
        }
        return true;
    }

    /** Delivers an array; false if a subscriber discarded the whole of it. */
    boolean deliver(RecordArray array) {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).deliver(array) == Verdict.DISCARD) {
                return false;
            }
        }
        return true;
    }
}
