// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.check;

import dev.jig.bpf.object.SectionName;

/** Hooks that a machine has all of, or none. */
enum HookFamily {
    KPROBE,
    TRAMPOLINE,
    LSM,
    TRACEPOINT,
    RAW_TRACEPOINT,
    TYPED_TRACEPOINT,
    OTHER;

    static HookFamily of(SectionName section) {
        return switch (section.hook()) {
            case KPROBE, KRETPROBE, KPROBE_MULTI, KRETPROBE_MULTI, KPROBE_SESSION, KSYSCALL, KRETSYSCALL -> KPROBE;
            case FENTRY, FEXIT, FMOD_RET, FSESSION -> TRAMPOLINE;
            case LSM -> LSM;
            case TRACEPOINT -> TRACEPOINT;
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE -> RAW_TRACEPOINT;
            case TP_BTF -> TYPED_TRACEPOINT;
            default -> OTHER;
        };
    }

    /** How saved answers name it. */
    String question() {
        return "hook " + name();
    }
}
