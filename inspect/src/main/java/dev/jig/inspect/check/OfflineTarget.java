// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.features.KernelConfiguration;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.object.Hook;
import dev.jig.bpf.object.SectionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine of which only files are known: types, options of the kernel, its version, and answers that were saved on it. Saved answers come first, then types and
 * options, then the table of versions.
 *
 * @param answers by question, such as {@code hook fentry} and {@code helper KPROBE 113}
 */
public record OfflineTarget(
        String name,
        Optional<KernelVersion> version,
        List<Btf> types,
        Optional<KernelConfiguration> configuration,
        Map<String, Answer> answers,
        KernelTable table,
        TypeQuestions questions)
        implements Target {
    /** A machine that files tell about. */
    public static OfflineTarget of(
            String name,
            Optional<KernelVersion> version,
            List<Btf> types,
            Optional<KernelConfiguration> configuration,
            Map<String, Answer> answers) {
        return new OfflineTarget(
                name, version, types, configuration, answers, KernelTable.read(), new TypeQuestions(types));
    }

    /** How saved answers name what programs of a section attach to. */
    static String place(SectionName section) {
        return "place " + section.hook().name() + " " + section.target();
    }

    @Override
    public Answer hook(SectionName section) {
        Answer saved = answers.get(place(section));
        if (saved != null) {
            return saved;
        }
        Answer offered = family(section);
        if (!offered.isYes() && offered.certainty() != Answer.Certainty.UNKNOWN || !questions.areKnown()) {
            return offered;
        }
        Answer found = disabled(section).orElseGet(() -> questions.target(section));
        return found.isYes() ? offered : found;
    }

    /** Security hooks that the kernel keeps to itself since some version. */
    private Optional<Answer> disabled(SectionName section) {
        Optional<String> first = table.since("disabled", section.target());
        boolean gone = HookFamily.of(section) == HookFamily.LSM
                && first.isPresent()
                && version.filter(known -> KernelTable.isAtLeast(known, first.get()))
                        .isPresent();
        return gone
                ? Optional.of(Answer.no("since Linux " + first.get() + " programs may not attach to the security hook "
                        + section.target()))
                : Optional.empty();
    }

    /** Whether hooks of this family work there at all. */
    private Answer family(SectionName section) {
        Answer saved = answers.get(HookFamily.of(section).question());
        if (saved != null) {
            return saved;
        }
        Answer type = since("program", section.type().name(), "BPF_PROG_TYPE_", "programs of type " + section.type());
        if (!type.isYes()) {
            return type;
        }
        Answer attach = section.attachType().isEmpty()
                ? Answer.YES
                : since("attach", section.attachType().get().name(), "BPF_", "hooks of kind " + section.prefix());
        return attach.isYes() ? configured(section) : attach;
    }

    private Answer since(String kind, String constant, String prefix, String what) {
        if (questions.areKnown()) {
            String enumerator = TypeQuestions.enumerator(prefix, constant);
            return questions.hasEnumerator(enumerator) || kind.equals("attach") && isLater(constant)
                    ? Answer.YES
                    : Answer.no("this kernel has no " + what + since(kind, constant));
        }
        Optional<String> first = table.since(kind, constant);
        if (version.isEmpty() || first.isEmpty()) {
            return version.isEmpty() && first.isPresent()
                    ? Answer.unknown("neither the kernel's version nor its types are known")
                    : Answer.YES;
        }
        return KernelTable.isAtLeast(version.get(), first.get())
                ? Answer.YES
                : Answer.no("this kernel has no " + what + since(kind, constant));
    }

    /** Enumerators that the kernel spells otherwise than the names here are not held against it. */
    private boolean isLater(String constant) {
        return table.since("attach", constant).isEmpty();
    }

    private String since(String kind, String constant) {
        return table.since(kind, constant)
                .map(first -> ": use Linux " + first + " or later")
                .orElse("");
    }

    private Answer configured(SectionName section) {
        return switch (HookFamily.of(section)) {
            case KPROBE -> option("CONFIG_KPROBE_EVENTS", "register_kprobe", "this kernel cannot probe its functions");
            case LSM -> securityPrograms();
            case TRAMPOLINE -> unless("CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS", "this kernel has no trampolines");
            case TRACEPOINT, RAW_TRACEPOINT, TYPED_TRACEPOINT ->
                unless("CONFIG_BPF_EVENTS", "programs cannot attach to tracepoints");
            case OTHER -> Answer.YES;
        };
    }

    private Answer securityPrograms() {
        Answer built = option("CONFIG_BPF_LSM", "bpf_lsm_syslog", "this kernel refuses BPF LSM programs");
        if (!built.isYes()) {
            return built;
        }
        Optional<String> modules = configuration.flatMap(options -> options.value("CONFIG_LSM"));
        if (modules.isEmpty()) {
            return Answer.unknown("whether \"bpf\" is among the active security modules is not known: give"
                    + " --kernel-config, or a machine that was saved there");
        }
        return modules.get().contains("bpf")
                ? built
                : Answer.no("\"bpf\" is not among the security modules that are active (kernel parameter lsm=)");
    }

    /** What nearly every kernel has, and only options can deny. */
    private Answer unless(String option, String otherwise) {
        boolean denied =
                configuration.isPresent() && configuration.get().value(option).isEmpty();
        return denied ? Answer.no(otherwise + ": use one built with " + option + "=y") : Answer.YES;
    }

    /** By an option, else by a function that there is only with it. */
    private Answer option(String option, String function, String otherwise) {
        if (configuration.isPresent()) {
            return configuration.get().value(option).isPresent()
                    ? Answer.YES
                    : Answer.no(otherwise + ": use one built with " + option + "=y");
        }
        if (questions.areKnown()) {
            return questions.hasFunction(function)
                    ? Answer.YES
                    : Answer.no(otherwise + ": use one built with " + option + "=y");
        }
        return Answer.unknown("the options of the kernel are not known (" + option + ")");
    }

    @Override
    public Answer helper(SectionName section, int number) {
        Answer saved = answers.get("helper " + section.type().name() + " " + number);
        if (saved != null && section.hook() != Hook.ITER) {
            return saved;
        }
        String helper = Helper.name(number).orElse("helper " + number);
        String since = table.sinceHelper(number)
                .map(first -> ": use Linux " + first + " or later")
                .orElse("");
        Answer no = Answer.no("this kernel has no " + helper + since);
        if (questions.areKnown()) {
            return questions.hasHelper(number) ? Answer.YES : no;
        }
        Optional<String> first = table.sinceHelper(number);
        if (first.isEmpty()) {
            return no;
        }
        return version.map(known -> KernelTable.isAtLeast(known, first.get()) ? Answer.YES : no)
                .orElse(Answer.unknown("neither the kernel's version nor its types are known"));
    }

    @Override
    public Answer map(int type) {
        return MapConstants.name(type)
                .map(constant -> since("map", constant, "BPF_MAP_TYPE_", "maps of type " + constant))
                .orElse(Answer.unknown("maps of type " + type + " are not known here"));
    }

    @Override
    public List<String> missingCapabilities(List<String> needed) {
        return List.of();
    }
}
