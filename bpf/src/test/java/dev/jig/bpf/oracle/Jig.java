// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.Host;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.KernelBtf;
import dev.jig.bpf.core.CoreTargets;
import dev.jig.bpf.core.KernelTargets;
import dev.jig.bpf.elf.ElfFile;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.load.RunningKernelTypes;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.Linker;
import dev.jig.bpf.object.MapSpec;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ProgramSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    String loaded(Path path, Optional<Path> target) throws IOException, InterruptedException {
        ObjectFile object = parse(path);
        KernelTypes types = new RunningKernelTypes(Optional.empty());
        if (target.isPresent()) {
            types = types.relocatingAgainst(typesIn(target.get()));
        }
        StringBuilder result = new StringBuilder();
        for (ProgramSpec program : object.programs()) {
            result.append("program ").append(program.name()).append('\n');
            load(object, types, program, result);
        }
        return result.toString();
    }

    private static void load(ObjectFile object, KernelTypes types, ProgramSpec wanted, StringBuilder result)
            throws IOException, InterruptedException {
        ObjectLoader loader = new ObjectLoader(object, types);
        object.programs().forEach(program -> loader.exclude(program.name()));
        loader.include(wanted.name());
        for (MapSpec map : object.maps()) {
            loader.adjustMap(map.name(), MapSpec::withoutPinning);
            if (map.type() == MapType.HASH && map.maxEntries() == 0) {
                loader.adjustMap(map.name(), unsized -> unsized.withMaxEntries(1024));
            }
        }
        try (LoadedObject loaded = loader.load()) {
            for (Map.Entry<String, BpfMap> map : loaded.maps().entrySet()) {
                int id = Host.id(map.getValue().descriptor(), false);
                result.append("map ")
                        .append(id)
                        .append(' ')
                        .append(map.getKey())
                        .append('\n');
            }
            int id = Host.id(
                    loaded.program(wanted.name()).orElseThrow().program().descriptor(), false);
            result.append(
                    Command.output(List.of("bpftool", "prog", "dump", "xlated", "id", String.valueOf(id), "opcodes")));
        } catch (BpfException refused) {
            result.append("refused\n");
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
