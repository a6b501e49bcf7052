// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.bpf.sys.Terminal;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.operators.cli.Output;
import java.util.Optional;

/** Standard output, written to without copies. After the first failure it takes nothing more. */
final class StandardOutput implements Output {
    private static final int STDOUT = 1;

    /** Written by the thread that prints, read when it has ended; zero while all is well. */
    private volatile int failure;

    @Override
    public boolean write(Utf8Buffer bytes) {
        long address = bytes.segment().address();
        long left = bytes.length();
        while (left > 0 && failure == 0) {
            long written = Kernel.call(SystemCall.WRITE, STDOUT, address, left);
            if (written < 0 && written != -Errno.EINTR.number() && written != -Errno.EAGAIN.number()) {
                failure = (int) -written;
            }
            if (written > 0) {
                address += written;
                left -= written;
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

    @Override
    public int terminalWidth() {
        return Terminal.width(STDOUT);
    }
}
