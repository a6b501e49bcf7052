// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.ring.PerfBuffer;

/** What the kernel had no room for in a perf buffer. */
final class PerfLossCounter implements LossCounter {
    private final PerfBuffer buffer;
    private long seen;

    PerfLossCounter(PerfBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public long poll() {
        long total = buffer.lost();
        long news = total - seen;
        seen = total;
        return news;
    }

    @Override
    public void close() {}
}
