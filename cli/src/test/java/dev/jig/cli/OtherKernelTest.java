// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.Machine;
import dev.jig.testing.VirtualMachine;
import dev.jig.testing.VmTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on Debian's kernel, which is older than the one that the gadgets were compiled against. */
@VmTest
class OtherKernelTest {
    private static final List<String> HOOKS = List.of(
            "function_with_offset",
            "copy_by_compiler",
            "function_return",
            "system_call",
            "modified_return",
            "function_exit",
            "module_function");

    @TempDir
    private Path store = Path.of("");

    @Test
    void shouldRunTheCatalogueAndHooksThatOthersRefuse() throws Exception {
        buildHooks();

        List<String> lines = VirtualMachine.run(script()).lines().toList();

        assertThat(lines).first().asString().startsWith("6.");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("open {")
                        && line.contains("\"fname\":\"/etc/hostname\"")
                        && line.contains("/etc/hostname\",\"k8s\"")
                        && line.contains("\"error\":\"\""))
                .anyMatch(line -> line.startsWith("open {")
                        && line.contains("\"fname\":\"/nonexistent\"")
                        && line.contains("\"error\":\"ENOENT\""))
                .anyMatch(line -> line.startsWith("exec {")
                        && line.contains("\"args\":\"/bin/echo\u00a0hello\u00a0world\"")
                        && line.contains("/bin/echo\",")
                        && line.contains("\"comm\":\"echo\""))
                .anyMatch(line -> line.startsWith("exec {")
                        && line.contains("\"args\":\"/nonexistent-program\"")
                        && line.contains("\"error\":\"ENOENT\""))
                .anyMatch(line -> line.startsWith("open: ") && line.endsWith(", 0 lost"))
                .anyMatch(line -> line.startsWith("exec: ") && line.endsWith(", 0 lost"));
        for (String hook : HOOKS) {
            assertThat(lines).contains("hooks {\"hook\":\"" + hook + "\",\"hook_raw\":" + HOOKS.indexOf(hook) + "}");
        }
    }

    /** Compiled here: the virtual machine has neither a compiler nor the time. */
    private void buildHooks() throws Exception {
        Path gadget = Path.of("src", "test", "resources", "hooks").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                Machine.sourceTree().resolve(".jig/dist/launch").toString(),
                "image",
                "build",
                gadget.toString(),
                "-t",
                "hooks");
        builder.environment().put("JIG_STORE", store.toString());
        Process build = builder.redirectErrorStream(true).start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as(said).isZero();
    }

    private String script() throws IOException {
        try (InputStream resource = OtherKernelTest.class.getResourceAsStream("/other-kernel.sh")) {
            String body = new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
            return "JIG=" + Machine.sourceTree() + "\nSTORE=" + store + "\n" + body;
        }
    }
}
