// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.Requirement;
import dev.jig.testing.VirtualMachine;
import dev.jig.testing.VmTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@link OracleTest} compares, on an older kernel, which also loads what a locked-down one refuses; nothing there is as the objects were compiled for. */
@VmTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherKernelOracleTest {
    private static final List<String> PROGRAMS =
            List.of("hooks", "program_types", "kernel_types", "loadable", "type_matches");

    private static final String PREPARE =
            "export PATH=/usr/sbin:/usr/bin:/sbin:/bin\nuname -r\nmount -t bpf bpf /sys/fs/bpf\n";

    private List<String> said = List.of();

    /** All in one machine: starting it takes longer than most of what is done there. */
    @BeforeAll
    void compareThere() throws Exception {
        Toolchain toolchain = Toolchain.prepare();
        Requirement.check(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
        List<Path> linked = new ArrayList<>(List.of(toolchain.helper(), Path.of("all")));
        for (String name : PROGRAMS) {
            linked.add(toolchain.compile(name));
        }
        linked.add(Toolchain.published());
        // What is loaded alike was linked alike; what nobody can load there is compared on this machine's kernel.
        List<Path> loaded = new ArrayList<>(List.of(toolchain.helper(), Path.of("load")));
        for (String gadget : Toolchain.gadgets()) {
            loaded.add(toolchain.compileGadget(gadget, "amd64"));
        }
        Path source = Path.of("src", "test", "bpf", "module", "modules.bpf.c");
        Path modules = toolchain.compile(source, "modules.bpf.o", List.of("-mcpu=v3"), "amd64");
        loaded.add(modules);

        said = VirtualMachine.run(PREPARE
                        + java("Comparison", linked.toArray(Path[]::new))
                        + java("Comparison", loaded.toArray(Path[]::new))
                        + java("ModulePrograms", modules, source, Path.of("pom.xml")))
                .lines()
                .toList();
        assertThat(said).first().asString().startsWith("6.1");
    }

    @Test
    void shouldLinkAndLoadLikeLibbpf() {
        assertThat(said)
                .noneMatch(line -> line.startsWith("DIFFERENT"))
                .contains(
                        "linked-alike published.bpf.o",
                        "loaded-alike published.bpf.o aa_second",
                        "loaded-alike loadable.bpf.o enter");
        assertThat(said).contains(loaded("hooks.bpf.o", "on_unlink", "after_unlink", "enter_unlink", "leave_unlink"));
        assertThat(said)
                .contains(loaded("hooks.bpf.o", "may_open", "committed", "executed", "files", "sample", "in_user"));
        assertThat(said)
                .contains(loaded("program_types.bpf.o", "p_kprobe", "p_fentry", "p_fexit", "p_lsm", "p_connect"));
        assertThat(said).contains(loaded("trace_open.amd64.o", "ig_open_x", "ig_openat_x"));
        assertThat(said).contains(loaded("trace_exec.amd64.o", "ig_execve_e", "ig_sched_exec", "ig_execveat_x"));
    }

    /** This machine's kernel may have no modules; that of the virtual machine consists of them. */
    @Test
    void shouldAttachToModulesAndCallTheirFunctions() {
        assertThat(said).contains(loaded("modules.bpf.o", "overlay_open", "plan9_walk", "plan9_request", "connection"));
        assertThat(said).anyMatch(line -> line.matches("ran [1-9][0-9]* [1-9][0-9]* [1-9][0-9]*"));
    }

    private static String[] loaded(String object, String... programs) {
        String[] lines = new String[programs.length];
        for (int i = 0; i < programs.length; i++) {
            lines[i] = "loaded-alike " + object + " " + programs[i];
        }
        return lines;
    }

    /** Most of the time goes into starting: an emulated processor compiles slowly, too. */
    private static String java(String program, Path... arguments) {
        StringBuilder command = new StringBuilder(System.getProperty("java.home")).append("/bin/java");
        command.append(" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp ");
        command.append(Path.of("target/classes").toAbsolutePath()).append(':');
        command.append(Path.of("target/test-classes").toAbsolutePath());
        command.append(" dev.jig.bpf.oracle.").append(program);
        for (Path argument : arguments) {
            boolean word = argument.getNameCount() == 1 && !Files.exists(argument);
            command.append(' ').append(word ? argument : argument.toAbsolutePath());
        }
        return command.append(" 2>&1\n").toString();
    }
}
