// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.bpf.sys.Architecture;
import dev.jig.datasource.Utf8Buffer;

/** The flags of {@code open(2)} as names, joined by a pipe: the access mode first. */
final class FileFlags {
    private static final int ACCESS_MODE = 3;
    private static final int O_DSYNC = 010000;
    private static final int O_SYNC = 04010000;
    private static final int O_DIRECTORY = 0200000;
    private static final int O_TMPFILE_ONLY = 020000000;

    private static final String[] ACCESS = {"O_RDONLY", "O_WRONLY", "O_RDWR", ""};

    private final boolean compat;
    private final Architecture architecture;

    /**
     * @param compat whether bits that upstream does not know are left out, and x86-64's values serve every architecture
     */
    FileFlags(boolean compat, Architecture architecture) {
        this.compat = compat;
        this.architecture = compat ? Architecture.X86_64 : architecture;
    }

    void write(long value, Utf8Buffer out) {
        int flags = (int) value;
        Joiner joiner = new Joiner(out);
        joiner.add(ACCESS[flags & ACCESS_MODE]);
        joiner.addIf(flags, 0100, "O_CREAT");
        joiner.addIf(flags, 0200, "O_EXCL");
        joiner.addIf(flags, 0400, "O_NOCTTY");
        joiner.addIf(flags, 01000, "O_TRUNC");
        joiner.addIf(flags, 02000, "O_APPEND");
        joiner.addIf(flags, 04000, "O_NONBLOCK");
        writeSync(flags, joiner);
        joiner.addIf(flags, 020000, "O_FASYNC");
        writeArchitectureFlags(flags, joiner);
        joiner.addIf(flags, 01000000, "O_NOATIME");
        joiner.addIf(flags, 02000000, "O_CLOEXEC");
        if (!compat) {
            joiner.addIf(flags, 010000000, "O_PATH");
            joiner.addIf(flags, O_TMPFILE_ONLY, "O_TMPFILE");
        }
    }

    /** O_SYNC contains the bit of O_DSYNC. */
    private void writeSync(int flags, Joiner joiner) {
        boolean full = !compat && (flags & O_SYNC) == O_SYNC;
        joiner.addIf(flags, O_DSYNC, full ? "O_SYNC" : "O_DSYNC");
    }

    /** {@code arch/arm64/include/uapi/asm/fcntl.h} has other values for four flags. */
    private void writeArchitectureFlags(int flags, Joiner joiner) {
        // O_TMPFILE contains the bit of O_DIRECTORY.
        boolean temporary = !compat && (flags & O_TMPFILE_ONLY) != 0;
        switch (architecture) {
            case X86_64 -> {
                joiner.addIf(flags, 040000, "O_DIRECT");
                joiner.addIf(flags, 0100000, "O_LARGEFILE");
                joiner.addIf(temporary ? 0 : flags, O_DIRECTORY, "O_DIRECTORY");
                joiner.addIf(flags, 0400000, "O_NOFOLLOW");
            }
            case ARM64 -> {
                joiner.addIf(flags, 0200000, "O_DIRECT");
                joiner.addIf(flags, 0400000, "O_LARGEFILE");
                joiner.addIf(temporary ? 0 : flags, 040000, "O_DIRECTORY");
                joiner.addIf(flags, 0100000, "O_NOFOLLOW");
            }
        }
    }

    private static final class Joiner {
        private final Utf8Buffer out;
        private boolean first = true;

        Joiner(Utf8Buffer out) {
            this.out = out;
        }

        void addIf(int flags, int bit, String name) {
            if ((flags & bit) != 0) {
                add(name);
            }
        }

        void add(String name) {
            if (name.isEmpty()) {
                return;
            }
            if (!first) {
                out.append('|');
            }
            out.append(name);
            first = false;
        }
    }
}
