// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import java.util.Optional;

/**
 * What the name of a program's section says about it.
 *
 * @param text the whole name
 * @param autoload false if the name starts with {@code ?}: such a program is loaded only on demand
 * @param hook where it attaches, {@link Hook#UNKNOWN} if the name says nothing
 * @param type program type
 * @param attachType expected attach type, if programs of this name have one
 * @param prefix the part of the name that decided this, without {@code ?}
 * @param target the part after the prefix and a slash, such as {@code syscalls/sys_enter_openat}, or empty
 * @param sleepable whether the program may sleep
 * @param fragments whether it handles XDP packets of several fragments
 */
public record SectionName(
        String text,
        boolean autoload,
        Hook hook,
        ProgramType type,
        Optional<AttachType> attachType,
        String prefix,
        String target,
        boolean sleepable,
        boolean fragments) {

    /** Understands a section name; never fails. */
    public static SectionName parse(String text) {
        boolean onDemand = text.startsWith("?");
        String name = onDemand ? text.substring(1) : text;
        SectionRule rule = SectionRules.forName(name);
        int length = rule.prefix().length();
        String target =
                length > 0 && length < name.length() && name.charAt(length) == '/' ? name.substring(length + 1) : "";
        return new SectionName(
                text,
                !onDemand,
                rule.hook(),
                rule.type(),
                Optional.ofNullable(rule.attachType()),
                rule.prefix(),
                target,
                (rule.flags() & SectionRule.SLEEPABLE) != 0,
                (rule.flags() & SectionRule.FRAGMENTS) != 0);
    }

    /** Number of the expected attach type for loading, 0 if there is none. */
    public int expectedAttachType() {
        return attachType.isPresent() ? attachType.get().number() : 0;
    }

    /** The text after the first slash of the name, which gadgets may override, or empty. */
    public String attachTo() {
        int slash = text.indexOf('/');
        return slash < 0 ? "" : text.substring(slash + 1);
    }
}
