// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Libraries where musl's dynamic linker looks for them: in the folders that {@code /etc/ld-musl-ARCHITECTURE.path} lists, else in the usual ones (musl: {@code ldso/dynlink.c}). */
final class MuslLibraries {
    private static final String USUAL_FOLDERS = "/lib:/usr/local/lib:/usr/lib";
    private static final int LARGEST_LIST = 1 << 16;
    private static final int MOST_RESULTS = 64;

    private MuslLibraries() {}

    /** The files whose name is this one, {@code .so} and perhaps a version. */
    static List<Path> find(Path root, String name) {
        List<Path> found = new ArrayList<>();
        StringTokenizer folders = new StringTokenizer(folders(root), ":\n");
        while (folders.hasMoreTokens() && found.size() < MOST_RESULTS) {
            String folder = folders.nextToken();
            if (folder.startsWith("/")) {
                addAll(found, root.resolve(folder.substring(1)), name);
            }
        }
        return found;
    }

    private static String folders(Path root) {
        try (DirectoryStream<Path> lists = Files.newDirectoryStream(root.resolve("etc"), "ld-musl-*.path")) {
            for (Path list : lists) {
                if (Files.size(list) <= LARGEST_LIST) {
                    return Files.readString(list);
                }
            }
        } catch (IOException none) {
            return USUAL_FOLDERS;
        }
        return USUAL_FOLDERS;
    }

    /** The C library itself is called {@code libc.musl-ARCHITECTURE.so.1}. */
    private static void addAll(List<Path> found, Path folder, String name) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String own = file.getFileName().toString();
                boolean named = own.startsWith(name + ".so") || own.startsWith(name + ".musl-");
                if (named && found.size() < MOST_RESULTS && Files.isRegularFile(file)) {
                    found.add(file);
                }
            }
        } catch (IOException absent) {
            // Not every folder of the list need exist.
            return;
        }
    }
}
