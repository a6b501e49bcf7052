// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Log;
import dev.jig.gadget.Operator;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamValues;
import dev.jig.gadget.ProcessConfiguration;
import dev.jig.gadget.RunOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerRecordOperatorTest {
    @TempDir
    private Path folder = Path.of("");

    private GadgetContext context(String name, String settings) {
        Map<String, String> values = Map.of(ServerRecordOperator.NAME.qualifiedName(), name);
        GadgetContext context = new GadgetContext("fake", new RunOptions(ParamValues.of(values), Log.NONE, false));
        context.put(ProcessConfiguration.KEY, new ProcessConfiguration(Configuration.parse(settings, "settings")));
        return context;
    }

    private String settings() {
        return "operator: {recording: {directory: " + folder + "}}";
    }

    private static void run(GadgetContext context) {
        FakeGadget gadget = new FakeGadget(emitter -> emitter.call(1, 2, 3, "x"));
        List<Operator> operators = List.of(gadget, new FakeGadget.Deriver("server"), new ServerRecordOperator());
        try (GadgetRun run = new GadgetRun(context, operators)) {
            run.prepare();
            run.start();
            run.stop();
        }
    }

    @Test
    void shouldRecordIntoTheConfiguredFolder() {
        run(context("x.jig", settings()));

        assertThat(Runs.replay(folder.resolve("x.jig")).packets())
                .singleElement()
                .asString()
                .contains("user=server user 2");
    }

    @Test
    void shouldReplaceNothing() throws Exception {
        Files.writeString(folder.resolve("x.jig"), "precious");
        Files.createSymbolicLink(folder.resolve("x.jig.2"), folder.resolve("elsewhere"));

        run(context("x.jig", settings()));

        assertThat(folder.resolve("x.jig")).hasContent("precious");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
        assertThat(Runs.replay(folder.resolve("x.jig.3")).packets()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", ".hidden", "a b", "a\0b", "a/b"})
    void shouldRefuseAnythingButPlainNames(String name) {
        assertThatThrownBy(() -> run(context(name, settings())))
                .isInstanceOf(GadgetException.class)
                .hasMessageContaining("cannot name a recording");
    }

    @Test
    void shouldRecordNothingWithoutAFolder() {
        assertThatThrownBy(() -> run(context("x.jig", "a: b"))).hasMessageContaining("this daemon keeps no recordings");
    }

    @Test
    void shouldOfferTheParamOnlyWithAFolder() {
        assertThat(params(context("", settings()))).contains("record-on-server");
        assertThat(params(context("", "a: b"))).doesNotContain("record-on-server");
    }

    private static List<String> params(GadgetContext context) {
        try (GadgetRun run = new GadgetRun(context, List.of(new ServerRecordOperator()))) {
            run.prepare();
            return context.params().stream().map(Param::key).toList();
        }
    }

    @Test
    void shouldStopAtTheLimit() {
        String settings = "operator: {recording: {directory: " + folder + ", limit: 10}}";

        assertThatThrownBy(() -> run(context("x.jig", settings)))
                .hasMessageContaining("the limit of 10 bytes is reached; what was recorded before is readable");
        assertThat(Runs.replay(folder.resolve("x.jig")).messages())
                .singleElement()
                .asString()
                .contains("was not ended in order");
    }
}
