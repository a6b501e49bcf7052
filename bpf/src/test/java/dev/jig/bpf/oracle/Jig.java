// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.core.KernelTargets;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.load.RunningKernelTypes;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import dev.jig.bpf.sys.Errno;
import dev.jig.bpf.sys.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this library makes of an object, in the words of {@code oracle.c}. */
final class Jig {
    private final KernelBtf kernel = KernelBtf.open(Optional.empty());

    /** The instructions that it gives to the kernel, for each program. */
    String linked(Path path, Optional<Path> target) throws IOException {
        ObjectFile object = parse(path);
        Linker linker = new Linker(object, target.isPresent() ? typesIn(target.get()) : new KernelTargets(kernel));
        LinkedProgramText text = new LinkedProgramText(kernel);
        StringBuilder result = new StringBuilder();
        for (ProgramSpec program : object.programs()) {
            result.append("program ").append(program.name()).append('\n');
            try {
                result.append(text.of(linker.link(program)));
            } catch (BpfException refused) {
                result.append("refused\n");
            }
        }
        return result.toString();
    }

    /** What the kernel made of those that it loaded, for each program. */
    String loaded(Path path, Optional<Path> target) throws IOException {
        ObjectFile object = parse(path);
        KernelTypes types = new RunningKernelTypes(Optional.empty());
        if (target.isPresent()) {
            types = types.relocatingAgainst(typesIn(target.get()));
        }
        Map<List<Integer>, List<ProgramSpec>> kinds = new LinkedHashMap<>();
        for (ProgramSpec program : object.programs()) {
            List<Integer> kind =
                    List.of(program.section().type().number(), program.section().expectedAttachType());
            kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(program);
        }
        StringBuilder result = new StringBuilder();
        for (List<ProgramSpec> alike : kinds.values()) {
            load(object, types, alike, result);
        }
        return result.toString();
    }

    /** Loads programs of a kind together. A kind is forbidden as a whole; otherwise, where one is refused, each half is loaded by itself. */
    private static void load(ObjectFile object, KernelTypes types, List<ProgramSpec> wanted, StringBuilder result) {
        ObjectLoader loader = new ObjectLoader(object, types);
        object.programs().forEach(program -> loader.exclude(program.name()));
        wanted.forEach(program -> loader.include(program.name()));
        for (MapSpec map : object.maps()) {
            loader.adjustMap(map.name(), MapSpec::withoutPinning);
            if (map.type() == MapType.HASH && map.maxEntries() == 0) {
                loader.adjustMap(map.name(), unsized -> unsized.withMaxEntries(1024));
            }
        }
        try (LoadedObject loaded = loader.load()) {
            LoadedProgramText text = new LoadedProgramText(loaded);
            for (LoadedObject.Program program : loaded.programs()) {
                result.append("program ")
                        .append(program.spec().name())
                        .append('\n')
                        .append(text.of(program));
            }
        } catch (BpfException refused) {
            boolean forbidden = refused instanceof SystemCallException failed
                    && failed.errno().equals(Errno.EPERM);
            int half = wanted.size() / 2;
            if (forbidden || half == 0) {
                wanted.forEach(program ->
                        result.append("program ").append(program.name()).append("\nrefused\n"));
            } else {
                load(object, types, wanted.subList(0, half), result);
                load(object, types, wanted.subList(half, wanted.size()), result);
            }
        }
    }

    private static ObjectFile parse(Path path) throws IOException {
        return ObjectFile.parse(path.getFileName().toString(), Files.readAllBytes(path));
    }

    private static CoreTargets typesIn(Path object) throws IOException {
        ElfFile elf = ElfFile.parse("target", Files.readAllBytes(object));
        return CoreTargets.of(Btf.parse("target", elf.bytes(elf.section(".BTF").orElseThrow())));
    }
}
