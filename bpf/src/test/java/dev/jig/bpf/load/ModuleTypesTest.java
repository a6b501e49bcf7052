// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.Host;
import dev.jig.testing.HostTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@HostTest
class ModuleTypesTest {
    /** The kernel itself is in the list of BTFs by this name, beside its modules. */
    @Test
    void shouldFindByName() {
        try (ModuleTypes modules = new ModuleTypes()) {
            assertThat(Host.id(modules.descriptor("vmlinux"), true)).isPositive();
            assertThat(modules.descriptor("vmlinux")).isSameAs(modules.descriptor("vmlinux"));
        }
    }

    @Test
    void shouldNeedNoDescriptorForTheKernel() {
        try (ModuleTypes modules = new ModuleTypes()) {
            assertThat(modules.number(Optional.empty())).isZero();
        }
    }

    @Test
    void shouldSayWhichModuleIsMissing() {
        try (ModuleTypes modules = new ModuleTypes()) {
            assertThatThrownBy(() -> modules.number(Optional.of("no_such_module")))
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("module \"no_such_module\" (is it still loaded?)");
        }
    }
}
