// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * The perf event of one processor that programs write records to ({@code PERF_COUNT_SW_BPF_OUTPUT}). A record begins with its header, its time and the
 * length of its content.
 *
 * @param descriptor to be mapped; reading it tells what was lost, if the kernel counts that
 * @param countsLosses whether it does (Linux 6.0)
 */
public record OutputEvent(FileDescriptor descriptor, boolean countsLosses) implements AutoCloseable {
    private static final int BPF_OUTPUT = 10;
    private static final long SAMPLE_TIME = 4;
    private static final long SAMPLE_RAW = 0x400;
    private static final long FORMAT_LOST = 1 << 4;

    /**
     * Opens the event of a processor.
     *
     * @param watermark bytes after which a waiter is woken; a wake-up costs the program that writes several microseconds
     * @return nothing when the processor is offline
     * @throws dev.jig.bpf.sys.SystemCallException when the kernel refuses
     */
    public static Optional<OutputEvent> open(int processor, int watermark) {
        long result = tryOpen(processor, watermark, FORMAT_LOST);
        boolean countsLosses = result != -Errno.EINVAL.number();
        if (!countsLosses) {
            result = tryOpen(processor, watermark, 0);
        }
        if (result == -Errno.ENODEV.number()) {
            return Optional.empty();
        }
        String description = "perf buffer of processor " + processor;
        long event = Kernel.check(result, "open " + description);
        return Optional.of(new OutputEvent(FileDescriptor.own(event, description), countsLosses));
    }

    private static long tryOpen(int processor, int watermark, long readFormat) {
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttribute attribute = new PerfEventAttribute(arena, PerfEventAttribute.TYPE_SOFTWARE, BPF_OUTPUT)
                    .samplePeriod(1)
                    .sampleType(SAMPLE_TIME | SAMPLE_RAW)
                    .readFormat(readFormat)
                    .wakeUpAfter(watermark)
                    .monotonicClock();
            return PerfEventLink.tryOpen(attribute, -1, processor);
        }
    }

    /** Lets records in, once the event is mapped. */
    public void enable() {
        Kernel.check(
                Kernel.call(SystemCall.IOCTL, descriptor.number(), PerfEventLink.PERF_EVENT_IOC_ENABLE, 0),
                "enable " + descriptor);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
