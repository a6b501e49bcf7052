// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.symbols;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * Which file a program was started from.
 *
 * @param major of the device that its file system has in the kernel
 * @param inode its number there
 * @param modifiedSeconds since 1970
 * @param modifiedNanoseconds within the second
 */
public record Executable(int major, long inode, long modifiedSeconds, int modifiedNanoseconds) {
    /** Overlays and the like tell user space other inode numbers than the kernel has. */
    private static final int NO_DEVICE = 0;

    /** Whether a process still runs it: it may have ended, or execute something else by now. */
    boolean isOf(Path process) {
        try {
            Map<String, Object> attributes = Files.readAttributes(process.resolve("exe"), "unix:ino,lastModifiedTime");
            boolean sameInode = major == NO_DEVICE || attributes.get("ino") instanceof Long number && number == inode;
            return sameInode
                    && attributes.get("lastModifiedTime") instanceof FileTime time
                    && time.toInstant().equals(Instant.ofEpochSecond(modifiedSeconds, modifiedNanoseconds));
        } catch (IOException gone) {
            return false;
        }
    }
}
