// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.testing.Machine;
import dev.jig.testing.VirtualMachine;
import dev.jig.testing.VmTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The packaged program on Debian's kernel, which is older than the one that the gadgets were compiled against. */
@VmTest
class OtherKernelTest {
    @Test
    void shouldRunTheCatalogueOnAnOlderKernel() throws Exception {
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
    }

    private static String script() throws IOException {
        try (InputStream resource = OtherKernelTest.class.getResourceAsStream("/other-kernel.sh")) {
            String body = new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
            return "JIG=" + Machine.sourceTree() + "\n" + body;
        }
    }
}
