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
import org.junit.jupiter.api.Test;

/** What {@link OracleTest} compares, on an older kernel, which also loads what a locked-down one refuses; nothing there is as the objects were compiled for. */
@VmTest
class OtherKernelOracleTest {
    private static final List<String> PROGRAMS =
            List.of("hooks", "program_types", "kernel_types", "loadable", "type_matches");

    @Test
    void shouldLinkAndLoadLikeLibbpf() throws Exception {
        Toolchain toolchain = Toolchain.prepare();
        Requirement.check(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
        List<Path> objects = new ArrayList<>();
        for (String name : PROGRAMS) {
            objects.add(toolchain.compile(name));
        }
        for (String gadget : Toolchain.gadgets()) {
            objects.add(toolchain.compileGadget(gadget, "amd64"));
        }
        objects.add(Toolchain.published());

        List<String> said =
                VirtualMachine.run(script(toolchain, objects)).lines().toList();

        assertThat(said).first().asString().startsWith("6.");
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

    private static String[] loaded(String object, String... programs) {
        String[] lines = new String[programs.length];
        for (int i = 0; i < programs.length; i++) {
            lines[i] = "loaded-alike " + object + " " + programs[i];
        }
        return lines;
    }

    private static String script(Toolchain toolchain, List<Path> objects) {
        StringBuilder script = new StringBuilder("export PATH=/usr/sbin:/usr/bin:/sbin:/bin\nuname -r\n");
        script.append("mount -t bpf bpf /sys/fs/bpf\n")
                .append(System.getProperty("java.home"))
                .append("/bin/java");
        // Most of the time goes into starting: an emulated processor compiles slowly, too.
        script.append(" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp ");
        script.append(Path.of("target/classes").toAbsolutePath()).append(':');
        script.append(Path.of("target/test-classes").toAbsolutePath());
        script.append(" dev.jig.bpf.oracle.Comparison ")
                .append(toolchain.helper().toAbsolutePath());
        for (Path object : objects) {
            script.append(' ').append(object.toAbsolutePath());
        }
        return script.append(" 2>&1\n").toString();
    }
}
