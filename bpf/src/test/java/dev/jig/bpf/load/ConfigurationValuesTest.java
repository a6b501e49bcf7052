// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.Fixtures;
import dev.jig.bpf.features.KernelConfiguration;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.object.DataSection;
import dev.jig.bpf.object.Extern;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.oracle.Toolchain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConfigurationValuesTest {
    private static final KernelVersion VERSION = new KernelVersion(6, 1, 300);

    private static KernelConfiguration parse(String lines) {
        try {
            return KernelConfiguration.parse(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ByteBuffer contents(ObjectFile object, String configuration) {
        DataSection section = object.dataSections().getLast();
        assertThat(section.kind()).isEqualTo(DataSection.Kind.KERNEL_CONFIGURATION);
        byte[] contents = new ConfigurationValues(object, () -> parse(configuration), VERSION).contents(section);
        return ByteBuffer.wrap(contents).order(ByteOrder.nativeOrder());
    }

    private static int offset(ObjectFile object, String name) {
        return ((Extern.KernelConfiguration) object.extern(name).orElseThrow()).offset();
    }

    private static ObjectFile compiled() throws IOException, InterruptedException {
        return ObjectFile.parse(
                "kconfig", Files.readAllBytes(Toolchain.clangOnly().compile("kconfig")));
    }

    @Test
    void shouldTellTheVersionAndWhatIsConfigured() {
        ObjectFile object = ObjectFile.parse("everything", Fixtures.everything());

        ByteBuffer values = contents(object, "CONFIG_SOMETHING=y\n");
        assertThat(values.getInt(offset(object, "LINUX_KERNEL_VERSION"))).isEqualTo(0x0601ff);
        assertThat(values.get(offset(object, "CONFIG_SOMETHING"))).isEqualTo((byte) 1);
        assertThat(contents(object, "").get(offset(object, "CONFIG_SOMETHING"))).isZero();
    }

    @Test
    void shouldRefuseAnswersThatDoNotFit() {
        ObjectFile object = ObjectFile.parse("everything", Fixtures.everything());

        assertThatThrownBy(() -> contents(object, "CONFIG_SOMETHING=m\n"))
                .isInstanceOf(BpfException.class)
                .hasMessage("this kernel has CONFIG_SOMETHING=m, which does not fit the type that the program declares"
                        + " for it");
    }

    @Test
    @Tag("oracle")
    void shouldWriteEachTypeOfVariable() throws IOException, InterruptedException {
        ObjectFile object = compiled();

        ByteBuffer values = contents(object, """
                CONFIG_BPF_SYSCALL=y
                # CONFIG_OTHER is not set
                CONFIG_IKCONFIG=m
                CONFIG_DEFAULT_HOSTNAME="a name that is too long"
                CONFIG_HZ=0x3e8
                CONFIG_LOG_BUF_SHIFT=-7
                CONFIG_NO_SUCH_THING=m
                """);
        assertThat(values.get(offset(object, "CONFIG_BPF_SYSCALL"))).isEqualTo((byte) 1);
        assertThat(values.getInt(offset(object, "CONFIG_IKCONFIG"))).isEqualTo(2);
        assertThat(values.getLong(offset(object, "CONFIG_HZ"))).isEqualTo(1000);
        assertThat(values.getShort(offset(object, "CONFIG_LOG_BUF_SHIFT"))).isEqualTo((short) -7);
        assertThat(values.get(offset(object, "CONFIG_NO_SUCH_THING"))).isEqualTo((byte) 'm');
        byte[] name = new byte[16];
        values.get(offset(object, "CONFIG_DEFAULT_HOSTNAME"), name);
        assertThat(new String(name, StandardCharsets.US_ASCII)).isEqualTo("a name that is \0");
    }

    @Test
    @Tag("oracle")
    void shouldRefuseNumbersThatAreTooLarge() throws IOException, InterruptedException {
        ObjectFile object = compiled();

        assertThatThrownBy(() -> contents(object, "CONFIG_LOG_BUF_SHIFT=32768\n"))
                .hasMessageContaining("CONFIG_LOG_BUF_SHIFT=32768, which does not fit");
        assertThatThrownBy(() -> contents(object, "CONFIG_HZ=many\n")).hasMessageContaining("CONFIG_HZ=many");
    }
}
