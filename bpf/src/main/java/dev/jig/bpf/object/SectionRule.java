// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import org.jspecify.annotations.Nullable;

/** One row of {@link SectionRules}. */
record SectionRule(
        String prefix,
        Hook hook,
        ProgramType type,
        @Nullable AttachType attachType,
        Match match,
        int flags) {
    static final int SLEEPABLE = 1;
    static final int FRAGMENTS = 2;
    static final SectionRule UNKNOWN = new SectionRule("", Hook.UNKNOWN, ProgramType.UNSPECIFIED, null, Match.EXACT, 0);

    /** What may follow the prefix. */
    enum Match {
        /** Nothing. */
        EXACT,
        /** Nothing, or a slash and what to attach to. */
        TARGET,
        /** Anything, as loaders have always allowed for this name ({@code socket1}). */
        LOOSE
    }

    static SectionRule exact(String prefix, Hook hook, ProgramType type) {
        return new SectionRule(prefix, hook, type, null, Match.EXACT, 0);
    }

    static SectionRule exact(String prefix, Hook hook, ProgramType type, AttachType attachType) {
        return new SectionRule(prefix, hook, type, attachType, Match.EXACT, 0);
    }

    static SectionRule target(String prefix, Hook hook, ProgramType type) {
        return new SectionRule(prefix, hook, type, null, Match.TARGET, 0);
    }

    static SectionRule target(String prefix, Hook hook, ProgramType type, AttachType attachType) {
        return new SectionRule(prefix, hook, type, attachType, Match.TARGET, 0);
    }

    static SectionRule loose(String prefix, Hook hook, ProgramType type) {
        return new SectionRule(prefix, hook, type, null, Match.LOOSE, 0);
    }

    static SectionRule loose(String prefix, Hook hook, ProgramType type, AttachType attachType) {
        return new SectionRule(prefix, hook, type, attachType, Match.LOOSE, 0);
    }

    SectionRule sleepable() {
        return new SectionRule(prefix, hook, type, attachType, match, flags | SLEEPABLE);
    }

    SectionRule fragmented() {
        return new SectionRule(prefix, hook, type, attachType, match, flags | FRAGMENTS);
    }

    boolean fits(String name) {
        if (!name.startsWith(prefix)) {
            return false;
        }
        return switch (match) {
            case EXACT -> name.length() == prefix.length();
            case TARGET -> name.length() == prefix.length() || name.charAt(prefix.length()) == '/';
            case LOOSE -> true;
        };
    }
}
