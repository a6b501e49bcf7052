// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may use a daemon's socket.
 *
 * @param group name or number
 * @param mode permission bits, for instance octal 660
 */
public record SocketRights(String group, int mode) {
    /** Root only, and whoever root puts into its group. */
    public static final SocketRights USUAL = new SocketRights("0", 0660);

    /** From the least significant bit on. */
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    public SocketRights {
        requireNonNull(group, "group is null");
    }

    /**
     * Reads octal permission bits.
     *
     * @throws ServiceException when the text is none
     */
    public static int parseMode(String text) {
        try {
            int mode = Integer.parseInt(text, 8);
            if (mode >= 0 && mode < 1 << BITS.length) {
                return mode;
            }
        } catch (NumberFormatException malformed) {
            // Told below, as numbers out of range are.
        }
        throw new ServiceException("invalid socket mode \"" + text + "\": an octal number up to 777 is expected");
    }

    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BITS.length; i++) {
            if ((mode & 1 << i) != 0) {
                permissions.add(BITS[i]);
            }
        }
        return permissions;
    }

    /** Gives a file to the group with these permission bits. */
    void apply(Path file, int bits) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        view.setGroup(principal(file));
        view.setPermissions(permissions(bits));
    }

    private GroupPrincipal principal(Path file) throws IOException {
        try {
            return file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
        } catch (UserPrincipalNotFoundException unknown) {
            throw new ServiceException("group \"" + group + "\" not found", unknown);
        }
    }
}
