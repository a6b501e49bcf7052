// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the tests of a layer run where the machine has what the layer needs. */
abstract class LayerCondition implements ExecutionCondition {
    /** What the machine lacks for this layer; empty if nothing. */
    abstract Optional<String> missing();

    @Override
    public final ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> missing = missing();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("the machine has what is needed");
        }
        if (Requirement.isSkippingForbidden()) {
            throw new ExtensionConfigurationException(
                    "cannot be tested here, and nothing may be skipped: " + missing.get());
        }
        Requirement.say(missing.get() + " (" + context.getDisplayName() + ")");
        return ConditionEvaluationResult.disabled("NOT TESTED: " + missing.get());
    }

    /** For {@link HostTest}. */
    static final class Host extends LayerCondition {
        @Override
        Optional<String> missing() {
            return Machine.isRoot()
                    ? Machine.bpfRefusal()
                    : Optional.of("programs can be loaded into the kernel by root only");
        }
    }

    /** For {@link OracleTest}. */
    static final class Oracle extends LayerCondition {
        @Override
        Optional<String> missing() {
            if (!Machine.hasCommand("cc")) {
                return Optional.of("no C compiler (cc)");
            }
            if (Machine.clang().isEmpty()) {
                return Optional.of("no clang of version 18 or later");
            }
            return Machine.hasCommand("bpftool") ? Optional.empty() : Optional.of("no bpftool");
        }
    }

    /** For {@link VmTest}. */
    static final class Vm extends LayerCondition {
        @Override
        Optional<String> missing() {
            String emulator = "qemu-system-" + Machine.name();
            if (!Machine.hasCommand(emulator)) {
                return Optional.of("no " + emulator);
            }
            return Files.exists(Machine.sourceTree().resolve(".jig/vm/6.1/ready"))
                    ? Optional.empty()
                    : Optional.of("no kernel for virtual machines (vmtest/fetch-kernel fetches one)");
        }
    }
}
