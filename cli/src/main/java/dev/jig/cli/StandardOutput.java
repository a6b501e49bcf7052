// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.Kernel;
import dev.jig.bpf.sys.SystemCall;
import dev.jig.bpf.sys.SystemCallException;
import dev.jig.bpf.sys.Terminal;
import dev.jig.datasource.Utf8Buffer;
import dev.jig.operators.cli.Output;

/** Standard output, written to without copies. */
final class StandardOutput implements Output {
    private static final int STDOUT = 1;

    @Override
    public boolean write(Utf8Buffer bytes) {
        long address = bytes.segment().address();
        long left = bytes.length();
        while (left > 0) {
            long written = Kernel.call(SystemCall.WRITE, STDOUT, address, left);
            if (written == -Errno.EPIPE.number()) {
                return false;
            }
            if (written < 0 && written != -Errno.EINTR.number() && written != -Errno.EAGAIN.number()) {
                throw new SystemCallException("writing to standard output", Errno.of((int) -written));
            }
            if (written > 0) {
                address += written;
                left -= written;
            }
        }
        return true;
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
