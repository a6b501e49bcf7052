// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.NearestName;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.object.SectionName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** What a kernel's types tell about it: its helpers, map types, functions, tracepoints and security hooks. */
final class TypeQuestions {
    private static final String SECURITY_HOOK = "bpf_lsm_";

    private final List<Btf> types;
    private final Set<String> enumerators = new HashSet<>();

    TypeQuestions(List<Btf> types) {
        this.types = List.copyOf(types);
        if (!types.isEmpty()) {
            addEnumerators(types.getFirst(), "bpf_func_id");
            addEnumerators(types.getFirst(), "bpf_map_type");
            addEnumerators(types.getFirst(), "bpf_prog_type");
            addEnumerators(types.getFirst(), "bpf_attach_type");
        }
    }

    private void addEnumerators(Btf btf, String enumeration) {
        btf.find(enumeration, BtfKind.ENUM).ifPresent(type -> {
            for (int i = 0; i < btf.elementCount(type); i++) {
                enumerators.add(btf.elementName(type, i));
            }
        });
    }

    boolean areKnown() {
        return !types.isEmpty();
    }

    boolean hasHelper(int number) {
        return Helper.name(number)
                .filter(name -> enumerators.contains("BPF_FUNC_" + name.substring("bpf_".length())))
                .isPresent();
    }

    boolean hasEnumerator(String name) {
        return enumerators.contains(name);
    }

    private boolean has(String name, BtfKind kind) {
        for (Btf btf : types) {
            if (btf.find(name, kind).isPresent()) {
                return true;
            }
        }
        return false;
    }

    boolean hasFunction(String name) {
        return has(name, BtfKind.FUNCTION);
    }

    /** The type that programs of a section attach to, in the kernel's own types; nothing for sections that name none. */
    OptionalInt targetType(SectionName section) {
        String target = section.target();
        return switch (section.hook()) {
            case TP_BTF -> inKernel("btf_trace_" + target, BtfKind.TYPEDEF);
            case FENTRY, FEXIT, FMOD_RET -> inKernel(target, BtfKind.FUNCTION);
            case LSM -> inKernel(SECURITY_HOOK + target, BtfKind.FUNCTION);
            default -> OptionalInt.empty();
        };
    }

    private OptionalInt inKernel(String name, BtfKind kind) {
        return types.isEmpty() ? OptionalInt.empty() : types.getFirst().find(name, kind);
    }

    /** Names of the security hooks that programs may know, allowed or not. */
    List<String> securityHooks() {
        List<String> hooks = new ArrayList<>();
        if (!types.isEmpty()) {
            Btf btf = types.getFirst();
            for (int id = btf.firstId(); id < btf.typeCount(); id++) {
                if (btf.kind(id) == BtfKind.FUNCTION && btf.name(id).startsWith(SECURITY_HOOK)) {
                    hooks.add(btf.name(id).substring(SECURITY_HOOK.length()));
                }
            }
        }
        return hooks;
    }

    /** Whether there is what programs of a section attach to by type; yes for sections that name no type. */
    Answer target(SectionName section) {
        String target = section.target();
        return switch (section.hook()) {
            case TP_BTF -> find(section, "btf_trace_", BtfKind.TYPEDEF, "tracepoint");
            case FENTRY, FEXIT, FMOD_RET, FSESSION -> find(section, "", BtfKind.FUNCTION, "traceable function");
            case LSM, LSM_CGROUP -> find(section, SECURITY_HOOK, BtfKind.FUNCTION, "security hook");
            case ITER -> find(section, "bpf_iter_", BtfKind.FUNCTION, "iterator");
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE -> find(section, "btf_trace_", BtfKind.TYPEDEF, "tracepoint");
            case KPROBE, KRETPROBE -> {
                boolean isName = target.indexOf('*') < 0 && target.indexOf('+') < 0;
                yield isName ? find(section, "", BtfKind.FUNCTION, "function") : Answer.YES;
            }
            case TRACEPOINT -> tracepoint(section);
            default -> Answer.YES;
        };
    }

    private Answer tracepoint(SectionName section) {
        String target = section.target();
        int slash = target.indexOf('/');
        String group = target.substring(0, Math.max(slash, 0));
        String event = target.substring(slash + 1);
        if (!group.equals("syscalls")) {
            return has("btf_trace_" + event, BtfKind.TYPEDEF)
                    ? Answer.YES
                    : missing("tracepoint", target, "btf_trace_", BtfKind.TYPEDEF, event);
        }
        String call = event.substring(event.indexOf('_', event.indexOf('_') + 1) + 1);
        boolean found = hasFunction("__x64_sys_" + call)
                || hasFunction("__arm64_sys_" + call)
                || hasFunction("__do_sys_" + call)
                || hasFunction("__se_sys_" + call)
                || hasFunction("ksys_" + call);
        return found ? Answer.YES : Answer.no("this kernel has no system call " + call + " to trace");
    }

    private Answer find(SectionName section, String prefix, BtfKind kind, String what) {
        String target = section.target();
        return has(prefix + target, kind) ? Answer.YES : missing(what, target, prefix, kind, target);
    }

    private Answer missing(String what, String target, String prefix, BtfKind kind, String wanted) {
        NearestName nearest = new NearestName(wanted);
        Btf btf = types.getFirst();
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            if (btf.kind(id) == kind && btf.name(id).startsWith(prefix)) {
                nearest.consider(btf.name(id).substring(prefix.length()));
            }
        }
        return Answer.no("this kernel has no " + what + " \"" + target + "\"" + nearest.hint());
    }

    /** The name of an enumerator of the kernel's headers. */
    static String enumerator(String prefix, String name) {
        return prefix + name.toUpperCase(Locale.ROOT);
    }
}
