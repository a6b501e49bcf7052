// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.permission;

import static java.util.Objects.requireNonNull;

/**
 * Something that a gadget may do.
 *
 * @param kind of thing
 * @param subject the thing, such as a helper's name
 * @param meaning in words, such as {@code can send signals to processes}; empty if the subject says it all
 * @param acts whether it changes what the system does, instead of only looking
 */
public record Permission(Kind kind, String subject, String meaning, boolean acts) implements Comparable<Permission> {
    /** Kinds of permissions, in the order of lists. */
    public enum Kind {
        TYPE("type"),
        HOOK("hook"),
        VERDICT("verdict"),
        HELPER("helper"),
        KERNEL_FUNCTION("kfunc"),
        FIELD("field"),
        MAP("map"),
        WASM("wasm"),
        CAPABILITY("capability");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word for it in policies. */
        public String word() {
            return word;
        }
    }

    public Permission {
        // Names come from strangers' files: none of them may look like a line of its own.
        subject = requireNonNull(subject, "subject is null").replace('\n', ' ');
        requireNonNull(meaning, "meaning is null");
    }

    /** Kind and subject, as policies name it: {@code helper:bpf_send_signal}. */
    public String key() {
        return kind.word() + ":" + subject;
    }

    /** For people. */
    public String sentence() {
        return meaning.isEmpty() ? key() : meaning + " (" + key() + ")";
    }

    @Override
    public int compareTo(Permission other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : subject.compareTo(other.subject);
    }
}
