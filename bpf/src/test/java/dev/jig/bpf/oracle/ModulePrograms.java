// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.link.BpfLink;
import dev.jig.bpf.link.Link;
import dev.jig.bpf.load.LoadedObject;
import dev.jig.bpf.load.ObjectLoader;
import dev.jig.bpf.load.RunningKernelTypes;
import dev.jig.bpf.map.BpfMap;
import dev.jig.bpf.object.Hook;
import dev.jig.bpf.object.ObjectFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attaches the programs of {@code module/modules.bpf.c}, makes their modules work, and prints how often each ran: {@code ran 5 12 37}. For virtual machines. */
final class ModulePrograms {
    private static final int ATTACHED = 3;

    private ModulePrograms() {}

    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        ObjectFile object = ObjectFile.parse(String.valueOf(path.getFileName()), Files.readAllBytes(path));
        List<Link> links = new ArrayList<>();
        try (LoadedObject loaded = new ObjectLoader(object, new RunningKernelTypes(Optional.empty())).load()) {
            for (LoadedObject.Program program : loaded.programs()) {
                if (program.spec().section().hook() != Hook.TC) {
                    links.add(BpfLink.tracing(program.program()));
                }
            }
            // Files that nobody has opened before come over 9p, and all are below overlayfs.
            for (String argument : arguments) {
                System.out.println(
                        Files.size(Path.of(argument)) + " bytes read: " + Files.readAllBytes(Path.of(argument)).length);
            }
            BpfMap runs = loaded.map("runs").orElseThrow();
            StringBuilder text = new StringBuilder("ran");
            for (int i = 0; i < ATTACHED; i++) {
                byte[] key = bytes(4).putInt(i).array();
                text.append(' ')
                        .append(bytes(8).put(runs.lookup(key).orElseThrow()).getLong(0));
            }
            System.out.println(text);
        } catch (BpfException refused) {
            System.out.println("refused: " + refused.getMessage());
        } finally {
            links.forEach(Link::close);
        }
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
