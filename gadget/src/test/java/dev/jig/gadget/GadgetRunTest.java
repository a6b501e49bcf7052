// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GadgetRunTest {
    private final List<String> calls = new ArrayList<>();

    private RecordingOperator operator(String name, int priority, String failing) {
        return new RecordingOperator(name, priority, calls, failing);
    }

    private static GadgetContext context() {
        return new GadgetContext("image", RunOptions.DEFAULT);
    }

    @Test
    void shouldTakeOperatorsThroughTheirPhasesInOrder() {
        try (GadgetRun run =
                new GadgetRun(context(), List.of(operator("z", 1, ""), operator("b", 5, ""), operator("a", 5, "")))) {
            run.prepare();
            run.start();
            run.stop();
        }

        assertThat(calls)
                .containsExactly(
                        "z.instantiate",
                        "a.instantiate",
                        "b.instantiate", //
                        "z.preStart",
                        "a.preStart",
                        "b.preStart", //
                        "z.start",
                        "a.start",
                        "b.start", //
                        "z.started",
                        "a.started",
                        "b.started", //
                        "b.preStop",
                        "a.preStop",
                        "z.preStop", //
                        "b.stop",
                        "a.stop",
                        "z.stop", //
                        "b.postStop",
                        "a.postStop",
                        "z.postStop", //
                        "b.close",
                        "a.close",
                        "z.close");
    }

    @Test
    void shouldLeaveOutOperatorsThatHaveNothingToDo() {
        try (GadgetRun run = new GadgetRun(context(), List.of(operator("a", 1, "absent"), operator("b", 2, "")))) {
            run.prepare();
            run.start();

            assertThat(calls).containsExactly("a.instantiate", "b.instantiate", "b.preStart", "b.start", "b.started");
            assertThat(run.context().params()).extracting(Param::key).containsExactly("instance", "own");
        }
    }

    @Test
    void shouldNameTheOperatorThatCannotBeInstantiated() {
        try (GadgetRun run = new GadgetRun(context(), List.of(operator("a", 1, "instantiate")))) {
            assertThatThrownBy(run::prepare)
                    .hasMessage("initializing and preparing operators: instantiating operator \"a\": broken"
                            + " instantiate");
        }
    }

    @Test
    void shouldNameTheOperatorThatCannotPreStart() {
        try (GadgetRun run = new GadgetRun(context(), List.of(operator("a", 1, "preStart")))) {
            run.prepare();

            assertThatThrownBy(run::start)
                    .hasMessage("pre-starting operators: pre-starting operator \"a\": broken preStart");
        }
    }

    @Test
    void shouldStopWhatHadStartedWhenAStartFails() {
        try (GadgetRun run = new GadgetRun(
                context(), List.of(operator("a", 1, ""), operator("b", 2, "start"), operator("c", 3, "")))) {
            run.prepare();
            calls.clear();

            assertThatThrownBy(run::start).hasMessage("starting operators: starting operator \"b\": broken start");
        }

        assertThat(calls)
                .containsExactly(
                        "a.preStart",
                        "b.preStart",
                        "c.preStart",
                        "a.start",
                        "b.start",
                        "a.stop",
                        "a.postStop",
                        "c.close",
                        "b.close",
                        "a.close");
    }

    @Test
    void shouldStopAllEvenIfOneFails() {
        try (GadgetRun run = new GadgetRun(context(), List.of(operator("a", 1, ""), operator("b", 2, "stop")))) {
            run.prepare();
            run.start();
            calls.clear();

            assertThatThrownBy(run::stop).hasMessage("broken stop");
        }

        assertThat(calls)
                .containsExactly(
                        "b.preStop", "a.preStop", "b.stop", "a.stop", "b.postStop", "a.postStop", "b.close", "a.close");
    }

    @Test
    void shouldCloseAllEvenIfOneFails() {
        List<String> messages = new ArrayList<>();
        Log log = (level, message) -> messages.add(message);
        RunOptions options = new RunOptions(ParamValues.none(), log, false);
        GadgetRun run = new GadgetRun(
                new GadgetContext("image", options), List.of(operator("a", 1, ""), operator("b", 2, "close")));
        run.prepare();

        run.close();

        assertThat(calls).endsWith("b.close", "a.close");
        assertThat(messages).containsExactly("closing operator \"b\": broken close");
    }

    @Test
    void shouldTakeDefaultsFromTheMetadata() {
        GadgetContext context = context();
        context.setConfiguration(Configuration.parse("paramDefaults:\n  operator.fake.own: other\n", "gadget.yaml"));
        try (GadgetRun run = new GadgetRun(context, List.of(operator("a", 1, "")))) {
            run.prepare();

            assertThat(context.params())
                    .extracting(Param::key, Param::defaultValue)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("instance", "i"),
                            org.assertj.core.groups.Tuple.tuple("own", "other"));
        }
    }

    @Test
    void shouldGiveValuesOfParams() {
        RunOptions options = new RunOptions(ParamValues.of(Map.of("operator.fake.own", "given")), Log.NONE, false);

        assertThat(new GadgetContext("image", options).value(RecordingOperator.OWN))
                .isEqualTo("given");
        assertThat(context().value(RecordingOperator.OWN)).isEqualTo("o");
    }
}
