// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has loaded, as the kernel and bpftool tell it.
 *
 * @param pid of the process
 */
record LoadedPrograms(long pid) {
    private static final Pattern MAP = Pattern.compile("map\\[id:(\\d+)\\]");
    private static final Pattern CALL = Pattern.compile("call ([a-z_][a-z_0-9]*)#");

    /** Ids of the programs or maps that it holds, by the member of its open files that names them. */
    Set<Integer> ids(String member) throws IOException {
        Set<Integer> ids = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fdinfo"))) {
            for (Path file : files) {
                addIds(ids, file, member);
            }
        } catch (NoSuchFileException ended) {
            return ids;
        }
        return ids;
    }

    private static void addIds(Set<Integer> ids, Path file, String member) throws IOException {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(member + ":")) {
                    ids.add(Integer.valueOf(line.substring(member.length() + 1).strip()));
                }
            }
        } catch (NoSuchFileException closed) {
            // Files come and go.
        }
    }

    /** Maps by id, with the names that the kernel has for them: the first 15 characters. */
    Map<Integer, String> maps() throws Exception {
        Map<Integer, String> names = new TreeMap<>();
        for (int id : ids("map_id")) {
            names.put(id, json("map", "show", id).path("name").asText());
        }
        return names;
    }

    /** What a map holds, as a text; empty if that cannot be read. */
    static String content(int id) throws Exception {
        return bpftool("-j", "map", "dump", "id", String.valueOf(id));
    }

    /**
     * A program as the kernel runs it, what it found unreachable left out.
     *
     * @param maps names of the maps that are left in it
     * @param calls names of the kernel's functions that it calls
     */
    record Program(String name, Set<String> maps, Set<String> calls) {}

    List<Program> programs() throws Exception {
        Map<Integer, String> names = maps();
        List<Program> programs = new ArrayList<>();
        for (int id : ids("prog_id")) {
            String code = bpftool("prog", "dump", "xlated", "id", String.valueOf(id));
            Set<String> maps = new TreeSet<>();
            for (Matcher found = MAP.matcher(code); found.find(); ) {
                maps.add(names.getOrDefault(Integer.valueOf(found.group(1)), "map " + found.group(1)));
            }
            Set<String> calls = new TreeSet<>();
            for (Matcher found = CALL.matcher(code); found.find(); ) {
                calls.add(found.group(1));
            }
            programs.add(new Program(json("prog", "show", id).path("name").asText(), maps, calls));
        }
        return programs;
    }

    private static JsonNode json(String kind, String command, int id) throws Exception {
        return Events.parse(bpftool("-j", kind, command, "id", String.valueOf(id)));
    }

    private static String bpftool(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("bpftool"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().merge("PATH", ":/usr/sbin", String::concat);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
