// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static dev.jig.hosttest.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gadgets about files and descriptors, against what this test does itself. */
@HostTest
class FileGadgetsTest {
    private static final String SENDER = """
            #include <fcntl.h>
            #include <stdio.h>
            #include <string.h>
            #include <sys/socket.h>
            #include <sys/stat.h>

            int main(int count, char **arguments)
            {
            	int ends[2], passed[2] = { open("/dev/null", O_RDONLY), open(arguments[1], O_RDONLY) };
            	char control[CMSG_SPACE(sizeof(passed))] = {}, data = 'x';
            	struct iovec vector = { &data, 1 };
            	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1,
            		.msg_control = control, .msg_controllen = sizeof(control) };
            	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
            	struct stat status;

            	socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
            	header->cmsg_level = SOL_SOCKET;
            	header->cmsg_type = SCM_RIGHTS;
            	header->cmsg_len = CMSG_LEN(sizeof(passed));
            	memcpy(CMSG_DATA(header), passed, sizeof(passed));
            	sendmsg(ends[0], &message, 0);
            	fstat(ends[0], &status);
            	printf("%d %d %d %lu", ends[0], passed[0], passed[1], status.st_ino);
            	return 0;
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
    }

    @Test
    void shouldTellLinks() throws Exception {
        Path real = Files.createDirectories(folder.resolve("real/deep"));
        Path old = Files.createFile(folder.resolve("old"));
        Files.createSymbolicLink(folder.resolve("short"), real);
        Finished finished;
        try (Product.Running running = product.start("run", "trace_link", "-o", "json", "--comm", "ln")) {
            running.awaitSign("sign", () -> {
                product.runAllInShell("ln -s x sign; rm sign");
            });
            product.runAllInShell(
                    "ln old short/../hard; ln -s ../anything short/soft; cd real; ln -s //x/./y deep/last");
            running.awaitOutput("/last");
            finished = running.interrupt();
        }
        List<JsonNode> events = Events.parseLines(finished.out());

        JsonNode hard = Events.with(events, "type", "HARDLINK").getFirst();
        assertThat(field(hard, "target").asText()).isEqualTo(old.toRealPath().toString());
        assertThat(field(hard, "linkpath").asText())
                .isEqualTo(folder.resolve("real/hard").toRealPath().toString());
        JsonNode soft = Events.with(events, "target", "../anything").getFirst();
        assertThat(field(soft, "type").asText()).isEqualTo("SYMLINK");
        assertThat(field(soft, "linkpath").asText())
                .isEqualTo(real.toRealPath().resolve("soft").toString());
        JsonNode last = Events.with(events, "target", "//x/./y").getFirst();
        assertThat(field(last, "linkpath").asText())
                .isEqualTo(real.toRealPath().resolve("last").toString());
        assertThat(field(last, "proc.comm").asText()).isEqualTo("ln");
        Catalogue.checkFields("trace_link", hard);
        Catalogue.checkParams(product, "trace_link");
    }

    @Test
    void shouldTellDescriptorsThatAreSent() throws Exception {
        Files.writeString(folder.resolve("sender.c"), SENDER);
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(product.runAllInShell("cc -o sender sender.c").exitCode()).isZero();
        Finished finished;
        String[] truth;
        try (Product.Running running = product.start("run", "fdpass", "-o", "json", "--comm", "sender")) {
            running.awaitSign("/dev/null", () -> product.runAllInShell("./sender " + file));
            truth = product.runAllInShell("./sender " + file).out().split(" ", -1);
            running.awaitOutput("\"socket_ino\":" + truth[3]);
            Thread.sleep(50);
            finished = running.interrupt();
        }
        List<JsonNode> events = Events.with(Events.parseLines(finished.out()), "socket_ino", truth[3]);

        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(field(event, "sockfd").asText()).isEqualTo(truth[0]));
        assertThat(field(events.getFirst(), "fd").asText()).isEqualTo(truth[1]);
        assertThat(field(events.getFirst(), "file").asText()).isEqualTo("/dev/null");
        assertThat(field(events.getLast(), "fd").asText()).isEqualTo(truth[2]);
        assertThat(field(events.getLast(), "file").asText())
                .isEqualTo(file.toRealPath().toString());
        Catalogue.checkFields("fdpass", events.getFirst());
        Catalogue.checkParams(product, "fdpass");
    }
}
