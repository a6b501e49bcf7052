// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompleterTest {
    private final List<String> asked = new ArrayList<>();

    private final CandidateSource source = new CandidateSource() {
        @Override
        public List<Candidate> gadgets() {
            return List.of(Candidate.of("trace_open"), Candidate.of("trace_exec"), Candidate.of("top_file"));
        }

        @Override
        public List<Candidate> instances(List<String> words) {
            return List.of(new Candidate("opens", "trace_open"));
        }

        @Override
        public Optional<GadgetOutline> gadget(String image) {
            asked.add(image);
            return image.equals("trace_open")
                    ? Optional.of(new GadgetOutline(
                            List.of(
                                    param("fields", ParamType.UNTYPED),
                                    param("output", ParamType.UNTYPED),
                                    param("sort", ParamType.STRING),
                                    param("failed", ParamType.BOOL)),
                            Map.of("open", List.of(new Candidate("fd", "A number"), new Candidate("fname", ""))),
                            Set.of("columns", "json")))
                    : Optional.empty();
        }
    };

    private static Flag param(String name, ParamType type) {
        return Flag.of(Param.of("operator.x.", name, type, "", "About " + name + "\nmore"));
    }

    private record FakeCommand(String name, String usage, Collection<Flag> flags, List<Command> commands)
            implements Command {
        @Override
        public String summary() {
            return "Does " + name;
        }

        @Override
        public int run(List<String> words) {
            return ExitCode.SUCCESS;
        }
    }

    private final CommandGroup root = new CommandGroup(
            "ig",
            "",
            List.of(
                    new FakeCommand(
                            "run",
                            "ig run GADGET",
                            List.of(
                                    Flag.plain("timeout", "t", ParamType.INT, "0", "Seconds"),
                                    Flag.of(Param.of("operator.oci.", "pull", ParamType.STRING, "missing", "When")
                                            .withPossibleValues(List.of("always", "missing")))),
                            List.of()),
                    new FakeCommand(
                            "image",
                            "ig image",
                            List.of(),
                            List.of(new FakeCommand("tag", "ig image tag SRC_IMAGE DST_IMAGE", List.of(), List.of()))),
                    new FakeCommand("replay", "ig replay FILE", List.of(), List.of()),
                    new FakeCommand("show", "ig show NAME_OR_ID", List.of(), List.of()),
                    new FakeCommand("completion", "ig completion {bash|zsh}", List.of(), List.of()),
                    new FakeCommand("daemon", "ig daemon", List.of(), List.of())));

    private String complete(String... words) {
        Completion completion = new Completer(root, GlobalFlags.all(), source).complete(List.of(words));
        return String.join(
                        " ",
                        completion.candidates().stream().map(Candidate::word).toList())
                + " :" + completion.directive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "_                                   | completion daemon help image replay run show :4",
                "r                                   | replay run :4",
                "help i                              | image :4",
                "image _                             | tag :4",
                "image tag tr                        | trace_exec trace_open :4",
                "run t                               | top_file trace_exec trace_open :4",
                "run ./                              | :0",
                "run --t                             | --timeout :4",
                "run -t _                            | :0",
                "run --pull _                        | always missing :4",
                "run --pull=a                        | --pull=always :4",
                "run --fa                            | :4",
                "run trace_open --fa                 | --failed :4",
                "run -v trace_open --fi              | --fields :4",
                "run trace_open --nosuch=x           | :4",
                "run trace_open --failed=_           | --failed=false --failed=true :4",
                "run trace_open --output _           | columns json :4",
                "run trace_open --fields _           | fd fname :6",
                "run trace_open --fields fd,f        | fd,fd fd,fname :6",
                "run trace_open --fields=-fn         | --fields=-fname :6",
                "run trace_open --fields open:fd,+fn | open:fd,+fname :6",
                "run trace_open --fields open:fn     | open:fname :6",
                "run trace_open --fields other:fn    | :6",
                "run trace_open --sort -f            | -fd -fname :6",
                "run trace_exec trace_open --fa      | :4",
                "replay _                            | :0",
                "show _                              | opens :4",
                "completion z                        | zsh :4",
                "daemon _                            | :4",
                "-                                   | --compat --config --help --quiet --verbose :4",
                "nosuch -                            | --compat --config --help --quiet --verbose :4",
            })
    void shouldComplete(String line, String words) {
        // An underscore stands for nothing at the line's end, where a blank would be lost.
        String[] typed = line.replaceAll("(?<=[ =])_$|^_$", "").split(" ", -1);
        assertThat(complete(typed)).isEqualTo(words.startsWith(":") ? " " + words : words);
    }

    @Test
    void shouldDescribeWordsInOneLine() {
        Completion completion =
                new Completer(root, GlobalFlags.all(), source).complete(List.of("run", "trace_open", "--fi"));

        assertThat(completion.text(true)).isEqualTo("--fields\tAbout fields\n:4\n");
        assertThat(completion.text(false)).isEqualTo("--fields\n:4\n");
    }

    @Test
    void shouldAskForNoGadgetWhereNoneIsNamed() {
        complete("run", "--pull", "always", "");
        complete("image", "tag", "trace_open", "");

        assertThat(asked).isEmpty();
    }
}
