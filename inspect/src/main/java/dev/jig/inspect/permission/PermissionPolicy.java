// SPDX-License-Identifier: Apache-2.0
package dev.jig.inspect.permission;

import dev.jig.bpf.NamePattern;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an administrator allows and denies: patterns of keys such as {@code helper:bpf_send_signal} or {@code hook:lsm/*}. What is denied is denied to all
 * gadgets; what is allowed need not be declared.
 *
 * @param allow patterns
 * @param deny patterns
 */
public record PermissionPolicy(List<String> allow, List<String> deny) {
    /** What observes is allowed, what acts must be declared. */
    public static final PermissionPolicy DEFAULT = new PermissionPolicy(List.of(), List.of());

    public PermissionPolicy {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /**
     * Reads a policy: a YAML mapping with lists {@code allow} and {@code deny}.
     *
     * @throws dev.jig.gadget.GadgetException when it is malformed
     */
    public static PermissionPolicy parse(String text, String source) {
        Configuration configuration = Configuration.parseAsWritten(text, source);
        for (String key : configuration.keys()) {
            if (!key.equals("allow") && !key.equals("deny")) {
                throw new GadgetException(source + ": unknown member \"" + key + "\", a policy has allow and deny");
            }
        }
        return new PermissionPolicy(configuration.texts("allow"), configuration.texts("deny"));
    }

    private static boolean fits(List<String> patterns, Permission permission) {
        for (String pattern : patterns) {
            if (new NamePattern(pattern).matches(permission.key())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Why a gadget must not run; nothing if it may.
     *
     * @param declared what its builder said, if anything
     */
    public List<String> objections(Permissions derived, Optional<Permissions> declared) {
        List<String> objections = new ArrayList<>();
        for (Permission permission : derived.all()) {
            if (fits(deny, permission)) {
                objections.add("the policy denies: " + permission.sentence());
            }
        }
        for (Permission permission : derived.all()) {
            boolean isDeclared = declared.isPresent()
                    && declared.get().find(permission.key()).isPresent();
            boolean mustBe = permission.acts() || declared.isPresent() && isOfInterest(permission);
            if (mustBe && !isDeclared && !fits(allow, permission)) {
                objections.add("not declared: " + permission.sentence());
            }
        }
        return objections;
    }

    /** Whether a declaration has to name it: names of maps say nothing, and fields differ between architectures. */
    private static boolean isOfInterest(Permission permission) {
        return permission.kind() != Permission.Kind.MAP && permission.kind() != Permission.Kind.FIELD;
    }
}
