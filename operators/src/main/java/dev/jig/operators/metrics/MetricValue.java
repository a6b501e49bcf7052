// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.metrics;

import java.util.Arrays;

/** What a series stands at. */
sealed interface MetricValue {
    /** The value of two series of one name and the same labels, of which {@code later} is the later one. */
    MetricValue with(MetricValue later);

    /** What was added since an earlier value of the same series. */
    MetricValue since(MetricValue earlier);

    /** Of a counter. */
    record Total(double sum) implements MetricValue {
        @Override
        public MetricValue with(MetricValue later) {
            return later instanceof Total other ? new Total(sum + other.sum) : this;
        }

        @Override
        public MetricValue since(MetricValue earlier) {
            return earlier instanceof Total other ? new Total(sum - other.sum) : this;
        }
    }

    /** Of a gauge. */
    record Level(double value) implements MetricValue {
        @Override
        public MetricValue with(MetricValue later) {
            return later;
        }

        @Override
        public MetricValue since(MetricValue earlier) {
            return this;
        }
    }

    /**
     * Of a histogram.
     *
     * @param bounds upper ends, ascending
     * @param counts of values up to each bound and above the one before; the last one is of those above all bounds
     */
    record Buckets(double[] bounds, long[] counts, double sum) implements MetricValue {
        @Override
        public MetricValue with(MetricValue later) {
            return later instanceof Buckets other ? plus(other, 1) : this;
        }

        @Override
        public MetricValue since(MetricValue earlier) {
            return earlier instanceof Buckets other ? plus(other, -1) : this;
        }

        private MetricValue plus(Buckets other, int sign) {
            if (!Arrays.equals(bounds, other.bounds)) {
                return this;
            }
            long[] both = counts.clone();
            for (int i = 0; i < both.length; i++) {
                both[i] += sign * other.counts[i];
            }
            return new Buckets(bounds, both, sum + sign * other.sum);
        }

        long count() {
            return Arrays.stream(counts).sum();
        }

        // Records compare arrays by identity.
        @Override
        public boolean equals(Object object) {
            return object instanceof Buckets other
                    && Arrays.equals(bounds, other.bounds)
                    && Arrays.equals(counts, other.counts)
                    && Double.compare(sum, other.sum) == 0;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(counts);
        }
    }
}
