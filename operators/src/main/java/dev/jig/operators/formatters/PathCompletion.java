// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.sys.FileDescriptor;
import dev.jig.bpf.sys.ProcessFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.StringTokenizer;

/**
 * Resolves paths as their programs gave them: behind the path of the directory that they start from, with {@code .}, {@code ..} and symbolic links still in
 * them. Two slashes in front mark such a path, {@code //./} one whose last part is followed, too.
 */
final class PathCompletion {
    static final String MARK = "//";
    private static final String FOLLOW = "//./";
    private static final String DELETED = " (deleted)";

    private final Path proc;

    /**
     * @param proc where the process file system is mounted
     */
    PathCompletion(Path proc) {
        this.proc = proc;
    }

    private boolean isOurs(long mountNamespace) {
        try {
            return Files.getAttribute(proc.resolve("self/ns/mnt"), "unix:ino").equals(mountNamespace);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * The path, resolved below the root of the process; when that is gone, or the directory, at least without {@code .} and {@code ..}.
     *
     * @param marked begins with {@link #MARK}
     * @param pid of the process that gave the path
     * @param mountNamespace its number
     */
    String complete(String marked, long pid, long mountNamespace) {
        boolean follow = marked.startsWith(FOLLOW);
        String given = marked.substring(follow ? FOLLOW.length() : MARK.length());
        String path = trimSlashes(given);
        int slash = path.lastIndexOf('/');
        String last = path.substring(slash + 1);
        boolean whole = follow || last.equals("..") || last.equals(".") || last.isEmpty();
        String folder = whole ? path : path.substring(0, slash + 1);
        // A process of this mount namespace may have ended: its paths are ours.
        String root = isOurs(mountNamespace) ? "/" : proc + "/" + pid + "/root";
        try (FileDescriptor top = ProcessFiles.openFolder(root);
                FileDescriptor found = ProcessFiles.openBelow(top, folder.isEmpty() ? "/" : folder)) {
            String real = ProcessFiles.pathOf(found);
            if (!real.endsWith(DELETED)) {
                return whole ? real : (real.equals("/") ? "" : real) + "/" + last;
            }
        } catch (BpfException gone) {
            // What is known of the path is still of use.
        }
        return normalise(path);
    }

    private static String trimSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static String normalise(String path) {
        Deque<String> parts = new ArrayDeque<>();
        StringTokenizer names = new StringTokenizer(path, "/");
        while (names.hasMoreTokens()) {
            String name = names.nextToken();
            if (name.equals("..")) {
                parts.pollLast();
            } else if (!name.equals(".")) {
                parts.addLast(name);
            }
        }
        return "/" + String.join("/", parts);
    }
}
