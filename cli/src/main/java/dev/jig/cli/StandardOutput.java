// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.Readiness;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.bpf.sys.Terminal;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.operators.cli.Output;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Standard output, written to without copies. After the first failure it takes nothing more. */
final class StandardOutput implements Output {
    private static final int STDOUT = 1;

    private final String noColor =
            Optional.ofNullable(System.getenv("NO_COLOR")).orElse("");
    private final String terminalKind =
            Optional.ofNullable(System.getenv("TERM")).orElse("");

    /** Written by the thread that prints, read when it has ended; zero while all is well. */
    private volatile int failure;

    private final AtomicLong written = new AtomicLong();
    private volatile boolean writing;

    /** Bytes that were taken so far. */
    long written() {
        return written.get();
    }

    /** Whether bytes wait to be taken. */
    boolean isWriting() {
        return writing;
    }

    @Override
    public boolean write(Utf8Buffer bytes) {
        writing = true;
        try {
            return writeAll(bytes);
        } finally {
            writing = false;
        }
    }

    private boolean writeAll(Utf8Buffer bytes) {
        long address = bytes.address();
        long left = bytes.length();
        while (left > 0 && failure == 0) {
            long result = Kernel.call(SystemCall.WRITE, STDOUT, address, left);
            if (result == -Errno.EAGAIN.number()) {
                Readiness.awaitWritable(STDOUT);
            } else if (result < 0 && result != -Errno.EINTR.number()) {
                failure = (int) -result;
            }
            if (result > 0) {
                address += result;
                left -= result;
                written.addAndGet(result);
            }
        }
        return failure == 0;
    }

    /** Whether nobody reads any more. */
    boolean isClosed() {
        return failure == Errno.EPIPE.number();
    }

    /** Why nothing more could be written, unless nobody reads any more. */
    Optional<SystemCallException> failure() {
        return failure == 0 || isClosed()
                ? Optional.empty()
                : Optional.of(new SystemCallException("writing to standard output", Errno.of(failure)));
    }

    @Override
    public boolean isTerminal() {
        return Terminal.isTerminal(STDOUT);
    }

    /** People who want no colours say so by {@code NO_COLOR} (no-color.org). */
    @Override
    public boolean isColored() {
        return isTerminal() && noColor.isEmpty() && !terminalKind.equals("dumb");
    }

    @Override
    public int terminalWidth() {
        return Terminal.width(STDOUT);
    }
}
