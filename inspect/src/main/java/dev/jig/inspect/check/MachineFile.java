// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.features.KernelConfiguration;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.object.SectionName;
import dev.jig.gadget.Json;
import dev.jig.inspect.InspectException;
import dev.jig.inspect.Members;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A machine's answers and types in a file, for checks elsewhere: a zip archive of {@code machine.json} and {@code vmlinux.btf}. */
public final class MachineFile {
    private static final String ANSWERS = "machine.json";
    private static final String TYPES = "vmlinux.btf";
    private static final int LARGEST_PART = 64 << 20;
    private static final List<SectionName> FAMILIES = List.of(
            SectionName.parse("kprobe/vprintk"),
            SectionName.parse("fentry/vprintk"),
            SectionName.parse("lsm/syslog"),
            SectionName.parse("tracepoint/sched/sched_process_exit"),
            SectionName.parse("raw_tp/sched_process_exit"),
            SectionName.parse("tp_btf/sched_process_exit"));

    /** Program types whose helpers are saved: those that gadgets have. */
    private static final List<ProgramType> TYPES_OF_GADGETS = List.of(
            ProgramType.SOCKET_FILTER,
            ProgramType.KPROBE,
            ProgramType.SCHED_CLS,
            ProgramType.TRACEPOINT,
            ProgramType.XDP,
            ProgramType.PERF_EVENT,
            ProgramType.CGROUP_SKB,
            ProgramType.CGROUP_SOCK,
            ProgramType.RAW_TRACEPOINT,
            ProgramType.TRACING,
            ProgramType.LSM);

    private static final int LAST_HELPER = 211;

    private MachineFile() {}

    /**
     * Writes what this machine answers.
     *
     * @throws InspectException when the file cannot be written
     */
    public static void save(RunningTarget machine, Path file) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (SectionName section : FAMILIES) {
            HookFamily family = HookFamily.of(section);
            put(answers, family.question(), machine.family(family, section));
        }
        for (SectionName denied : machine.deniedSecurityHooks()) {
            put(answers, OfflineTarget.place(denied), machine.hook(denied));
        }
        for (ProgramType type : TYPES_OF_GADGETS) {
            for (int helper = 1; helper <= LAST_HELPER; helper++) {
                if (Helper.name(helper).isPresent()) {
                    put(answers, "helper " + type.name() + " " + helper, machine.helper(type, helper));
                }
            }
        }
        KernelVersion version = machine.version().orElseThrow();
        Map<String, Object> tree = Members.of(
                "version", version.major() + "." + version.minor() + "." + version.patch(), "answers", answers);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(ANSWERS));
            zip.write(Json.write(tree));
            Path types = KernelBtf.DIRECTORY.resolve("vmlinux");
            if (Files.isReadable(types)) {
                zip.putNextEntry(new ZipEntry(TYPES));
                zip.write(Files.readAllBytes(types));
            }
            zip.closeEntry();
        } catch (IOException refused) {
            throw new InspectException("writing " + file + ": " + refused.getMessage());
        }
    }

    private static void put(Map<String, Object> answers, String question, Answer answer) {
        answers.put(question, Members.of("is", answer.certainty().name(), "reason", answer.reason()));
    }

    /**
     * Reads a machine.
     *
     * @throws InspectException when the file is none
     */
    public static OfflineTarget read(Path file) {
        Map<String, byte[]> parts = new HashMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes(LARGEST_PART + 1);
                if (content.length > LARGEST_PART || parts.size() > 2) {
                    throw new InspectException(file + ": " + entry.getName() + " is too large for a machine");
                }
                parts.put(entry.getName(), content);
            }
        } catch (IOException unreadable) {
            throw new InspectException("reading " + file + ": " + unreadable.getMessage());
        }
        byte[] answers = parts.get(ANSWERS);
        if (answers == null) {
            throw new InspectException(file + " is no saved machine: it has no " + ANSWERS);
        }
        return read(file.toString(), answers, Optional.ofNullable(parts.get(TYPES)));
    }

    private static OfflineTarget read(String name, byte[] json, Optional<byte[]> types) {
        Map<String, Object> tree = Json.readObject(json, name);
        Map<String, Answer> answers = new HashMap<>();
        if (tree.get("answers") instanceof Map<?, ?> saved) {
            saved.forEach((question, answer) -> answers.put(question.toString(), answer(answer)));
        }
        String version = tree.get("version") instanceof String text ? text : "";
        return OfflineTarget.of(
                name,
                version.isEmpty() ? Optional.empty() : Optional.of(KernelVersion.parse(version)),
                types.map(bytes -> List.of(types(name, bytes))).orElse(List.of()),
                Optional.empty(),
                answers);
    }

    private static Answer answer(Object tree) {
        if (tree instanceof Map<?, ?> map && map.get("is") instanceof String word) {
            String reason = map.get("reason") instanceof String text ? text : "";
            for (Answer.Certainty certainty : Answer.Certainty.values()) {
                if (certainty.name().equals(word)) {
                    return new Answer(certainty, reason);
                }
            }
        }
        return Answer.unknown("the saved answer is malformed");
    }

    /** Reads types from bytes. */
    private static Btf types(String name, byte[] bytes) {
        return Btf.parse(name + ": types", bytes);
    }

    /**
     * A machine of which single files are known.
     *
     * @throws InspectException when one cannot be read
     */
    public static OfflineTarget of(Optional<Path> btf, Optional<String> version, Optional<Path> configuration) {
        try {
            List<Btf> types =
                    btf.isEmpty() ? List.of() : List.of(types(btf.get().toString(), Files.readAllBytes(btf.get())));
            Optional<KernelConfiguration> options = configuration.isEmpty()
                    ? Optional.empty()
                    : Optional.of(KernelConfiguration.parse(
                            new ByteArrayInputStream(Files.readAllBytes(configuration.get()))));
            return OfflineTarget.of(
                    version.map(text -> "Linux " + text).orElse("that machine"),
                    version.map(KernelVersion::parse),
                    types,
                    options,
                    Map.of());
        } catch (IOException unreadable) {
            throw new InspectException("reading what is known of the machine: " + unreadable.getMessage());
        } catch (BpfException malformed) {
            throw new InspectException(String.valueOf(malformed.getMessage()));
        }
    }
}
