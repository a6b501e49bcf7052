// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jig.testing.HostTest;
import dev.jig.testing.Machine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of {@code ig image inspect -o html} as a browser shows them. */
@HostTest
class PageInBrowserTest {
    private static final int WIDTH = 1400;
    private static final int HEIGHT = 1200;
    private static final int PROGRAM_BLUE = 0xdbe9ff;
    private static final int MAP_YELLOW = 0xffe9c9;
    private static final String REPORT = "id=\"report\">";

    @TempDir
    private Path folder = Path.of("");

    private Product product = new Product(Path.of(""));
    private Browser browser = new Browser(Path.of(""));

    @BeforeEach
    void find() {
        product = Product.in(folder);
        browser = Browser.in(folder);
    }

    private Path page(String image) throws IOException {
        Finished inspected = product.run("image", "inspect", image, "-o", "html");
        assertThat(inspected.err()).isEmpty();
        return Files.writeString(folder.resolve("page.html"), inspected.out());
    }

    /** What a script says that measures the page; the page itself would not let it run. */
    private JsonNode measured(Path page) throws Exception {
        String text = Files.readString(page);
        int policy = text.indexOf("<meta http-equiv=\"Content-Security-Policy\"");
        assertThat(policy).isPositive();
        String open = text.substring(0, policy) + text.substring(text.indexOf('>', policy) + 1);
        try (InputStream script = PageInBrowserTest.class.getResourceAsStream("/measure-page.js")) {
            String code = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    folder.resolve("measured.html"),
                    open.replace("</body>", "<script>" + code + "</script></body>"),
                    StandardCharsets.UTF_8);
        }
        String document = browser.document(folder.resolve("measured.html"));
        int start = document.indexOf(REPORT);
        assertThat(start).as("the script reported").isPositive();
        return Events.parse(document.substring(start + REPORT.length(), document.indexOf("</pre>", start)));
    }

    private static long pixels(BufferedImage picture, int colour) {
        long count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if ((picture.getRGB(x, y) & 0xffffff) == colour) {
                    count++;
                }
            }
        }
        return count;
    }

    @Test
    void shouldShowTheLargestGadget() throws Exception {
        BufferedImage picture = browser.picture(page("trace_lsm"), WIDTH, HEIGHT);

        assertThat(picture.getWidth()).isEqualTo(WIDTH);
        // A box of a program and one of a map have at least that much of their own colour, beside their texts.
        assertThat(pixels(picture, PROGRAM_BLUE)).isGreaterThan(1000);
        assertThat(pixels(picture, MAP_YELLOW)).isGreaterThan(1000);
        assertThat(pixels(picture, 0x000000)).as("pixels of text").isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace_lsm", "trace_tcp", "trace_malloc", "top_blockio", "profile_cpu"})
    void shouldKeepTextsApart(String gadget) throws Exception {
        JsonNode report = measured(page(gadget));

        assertThat(report.get("boxes").asInt()).isPositive();
        assertThat(report.get("texts").asInt()).isPositive();
        assertThat(report.get("outside")).as("texts that leave their boxes").isEmpty();
        assertThat(report.get("overlapping")).as("texts and boxes that overlap").isEmpty();
        assertThat(report.get("cut")).as("things outside of the picture").isEmpty();
        assertThat(report.get("headings").toString()).contains("Data sources", "Maps", "Programs", "Permissions");
        assertThat(report.get("fields").asInt()).as("rows of data sources").isPositive();
    }

    @Test
    void shouldNeitherLoadNorRunAnything() throws Exception {
        // The title of a page is the name that was asked for.
        Path object = folder.resolve("<img src=x onerror=document.title=1><script>document.title=1<.o");
        Files.copy(Machine.sourceTree().resolve("inspect/src/test/resources/corner/amd64.bpf.o"), object);
        Path page = page(object.toString());

        JsonNode report = measured(page);
        assertThat(report.get("active"))
                .as("elements that load or run something")
                .isEmpty();
        assertThat(browser.document(page)).contains("<title>").doesNotContain("<title>1</title>");
    }
}
