// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import dev.jig.datasource.ArrayReader;
import dev.jig.datasource.DoubleReader;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.Record;
import java.util.Arrays;
import java.util.function.Supplier;

/** Makes the points of metrics. */
final class Points {
    private Points() {}

    /** What makes the points of a metric; the layout of its data source is fixed. */
    static Supplier<Point> of(Metric metric) {
        if (metric.field().isEmpty()) {
            return RecordCount::new;
        }
        Field field = metric.field().get();
        if (metric.role() == MetricField.Role.HISTOGRAM && metric.bounds().length == 0) {
            ArrayReader slots = field.asArray();
            return () -> new Slots(slots);
        }
        Measured number = number(metric, field);
        return switch (metric.role()) {
            case COUNTER -> () -> new Sum(number, !metric.isFloatingPoint());
            case GAUGE -> () -> new Last(number);
            case HISTOGRAM -> () -> new Spread(number, metric.bounds());
            case KEY -> throw new IllegalArgumentException(metric.name() + " is a key");
        };
    }

    /** Reads what is counted. */
    private interface Measured {
        double of(Record record);
    }

    private static Measured number(Metric metric, Field field) {
        if (metric.isFloatingPoint()) {
            DoubleReader reader = field.asDouble();
            return reader::read;
        }
        LongReader reader = field.asLong();
        if (field.kind() == Kind.UINT64) {
            return record -> {
                long value = reader.read(record);
                return value >= 0 ? value : (value >>> 1) * 2.0;
            };
        }
        return reader::read;
    }

    private static final class RecordCount implements Point {
        private long count;

        @Override
        public void take(Record record) {
            count++;
        }

        @Override
        public MetricValue value() {
            return new MetricValue.Total(count);
        }
    }

    private static final class Sum implements Point {
        private final Measured number;
        private final boolean whole;
        private long sum;
        private double fractions;

        Sum(Measured number, boolean whole) {
            this.number = number;
            this.whole = whole;
        }

        @Override
        public void take(Record record) {
            double added = number.of(record);
            // A counter never falls.
            if (added > 0) {
                if (whole) {
                    sum += (long) added;
                } else {
                    fractions += added;
                }
            }
        }

        @Override
        public MetricValue value() {
            return new MetricValue.Total(whole ? sum : fractions);
        }
    }

    private static final class Last implements Point {
        private final Measured number;
        private double last;

        Last(Measured number) {
            this.number = number;
        }

        @Override
        public void take(Record record) {
            last = number.of(record);
        }

        @Override
        public MetricValue value() {
            return new MetricValue.Level(last);
        }
    }

    private static final class Spread implements Point {
        private final Measured number;
        private final double[] bounds;
        private final long[] counts;
        private double sum;

        Spread(Measured number, double[] bounds) {
            this.number = number;
            this.bounds = bounds;
            this.counts = new long[bounds.length + 1];
        }

        @Override
        public void take(Record record) {
            double value = number.of(record);
            int at = Arrays.binarySearch(bounds, value);
            counts[at < 0 ? -at - 1 : at]++;
            sum += value;
        }

        @Override
        public MetricValue value() {
            return new MetricValue.Buckets(bounds, counts.clone(), sum);
        }
    }

    /** Values were counted already: slot {@code i} stands for 2^i. */
    private static final class Slots implements Point {
        private final ArrayReader slots;
        private long[] counts = new long[0];

        Slots(ArrayReader slots) {
            this.slots = slots;
        }

        @Override
        public void take(Record record) {
            int length = slots.length(record);
            if (length > counts.length) {
                counts = Arrays.copyOf(counts, length);
            }
            for (int i = 0; i < length; i++) {
                counts[i] += slots.longAt(record, i);
            }
        }

        @Override
        public MetricValue value() {
            double[] bounds = new double[counts.length];
            double sum = 0;
            for (int i = 0; i < bounds.length; i++) {
                bounds[i] = Math.scalb(1.0, i);
                sum += counts[i] * bounds[i];
            }
            return new MetricValue.Buckets(bounds, Arrays.copyOf(counts, counts.length + 1), sum);
        }
    }
}
