// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.BtfBuilder;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfSupport;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.ObjectTypes;
import dev.jig.bpf.program.LoadedBtf;
import dev.jig.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The running kernel accepts the BTF of each program in {@code src/test/bpf}, also after what it knows was replaced. */
@Tag("oracle")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelAcceptanceTest {
    private static final Set<BtfKind> REPLACEABLE = EnumSet.of(
            BtfKind.FUNCTION,
            BtfKind.FUNCTION_PROTOTYPE,
            BtfKind.VARIABLE,
            BtfKind.DATA_SECTION,
            BtfKind.FLOAT,
            BtfKind.DECLARATION_TAG,
            BtfKind.TYPE_TAG,
            BtfKind.ENUM64);

    private Toolchain toolchain;

    @BeforeAll
    void prepare() throws IOException, InterruptedException {
        toolchain = Toolchain.clangOnly();
        BtfBuilder builder = new BtfBuilder();
        builder.addInteger("int", 4, true);
        Requirement.check(LoadedBtf.isAccepted(builder.build()), "may not load BTF into the kernel");
    }

    static List<String> programs() throws IOException {
        return Toolchain.programs();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldMakeTypesThatTheKernelAccepts(String name) throws IOException, InterruptedException {
        ObjectFile object = ObjectFile.parse(name, Files.readAllBytes(toolchain.compile(name)));

        LoadedBtf.load(ObjectTypes.encode(object, BtfSupport.full()), name).close();
        LoadedBtf.load(ObjectTypes.encode(object, new BtfSupport(REPLACEABLE, false, false)), name)
                .close();
        for (BtfKind kind : EnumSet.of(BtfKind.FLOAT, BtfKind.DECLARATION_TAG, BtfKind.TYPE_TAG, BtfKind.ENUM64)) {
            BtfSupport support = new BtfSupport(Set.of(kind), false, false);
            assertThat(LoadedBtf.isAccepted(ObjectTypes.encode(object, support)))
                    .as("without %s", kind)
                    .isTrue();
        }
    }
}
