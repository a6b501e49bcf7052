// SPDX-License-Identifier: Apache-2.0
package dev.jig.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that boot another kernel. They need QEMU and a kernel. Where one is missing they are skipped with a
 * line that says so, or fail if nothing may be skipped ({@link Requirement}).
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("vm")
@ExtendWith(LayerCondition.Vm.class)
public @interface VmTest {}
