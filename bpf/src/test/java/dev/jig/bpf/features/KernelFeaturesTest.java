// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.btf.BtfException;
import dev.jig.bpf.link.Probes;
import dev.jig.bpf.object.ProgramType;
import dev.jig.bpf.program.LoadedBtf;
import dev.jig.testing.HostTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@HostTest
class KernelFeaturesTest {
    private static final int MAP_LOOKUP_ELEM = 1;
    private static final int PROBE_READ_KERNEL = 113;
    private static final int NO_SUCH_HELPER = 9999;

    private final KernelFeatures features = new KernelFeatures();

    @Test
    void shouldSeeThatProgramsAndMapsMayBeUsed() {
        assertThat(features.systemCall()).isEqualTo(Availability.yes("this process may use bpf(2)"));
        assertThat(features.rawTracepoints().available()).isTrue();
        assertThat(features.tracepoints().available()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProgramType.class,
            names = {"SOCKET_FILTER", "SCHED_CLS", "TRACEPOINT", "XDP", "PERF_EVENT", "RAW_TRACEPOINT", "KPROBE"})
    void shouldLoadOrdinaryTypesOfPrograms(ProgramType type) {
        assertThat(features.programType(type)).isEqualTo(Availability.yes("the kernel loads programs of type " + type));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProgramType.class,
            names = {"UNSPECIFIED", "STRUCT_OPS", "EXTENSION"})
    void shouldNotClaimWhatItCannotTry(ProgramType type) {
        assertThat(features.programType(type).available()).isFalse();
        assertThat(features.programType(type).explanation()).contains("cannot be tried on their own");
    }

    @Test
    void shouldAnswerForAllTypesWithASentence() {
        for (ProgramType type : ProgramType.values()) {
            assertThat(features.programType(type).explanation()).contains(type.name());
        }
    }

    @Test
    void shouldTellHelpersApart() {
        assertThat(features.helper(ProgramType.SOCKET_FILTER, MAP_LOOKUP_ELEM).available())
                .isTrue();
        assertThat(features.helper(ProgramType.TRACEPOINT, PROBE_READ_KERNEL).available())
                .isTrue();
        assertThat(features.helper(ProgramType.TRACEPOINT, NO_SUCH_HELPER))
                .isEqualTo(Availability.no("this kernel does not let programs of type TRACEPOINT call helper 9999:"
                        + " use a newer kernel"));
    }

    @Test
    void shouldSayWhyFunctionsCannotBeProbed() {
        Availability probes = features.kernelProbes();
        Availability trampolines = features.trampolines();
        if (!Probes.hasKernelProbes()) {
            assertThat(probes.available()).isFalse();
            assertThat(probes.explanation()).contains("CONFIG_KPROBE_EVENTS=y");
        }
        for (Availability answer :
                List.of(probes, trampolines, features.securityHooks(), features.typedTracepoints())) {
            assertThat(answer.explanation()).isNotBlank();
            if (!answer.available()) {
                assertThat(answer.explanation()).as("has cause and remedy").containsAnyOf(":", ";");
            }
        }
    }

    @Test
    void shouldTryOnlyOnceAndOnlyWhenAsked() {
        AtomicInteger asked = new AtomicInteger();
        KernelFeatures withoutTypes = new KernelFeatures(() -> {
            asked.incrementAndGet();
            throw new BtfException("no types");
        });
        assertThat(withoutTypes.ringBuffer().available()).isTrue();
        assertThat(asked).hasValue(0);

        assertThat(withoutTypes.trampolines().explanation())
                .isEqualTo(
                        "no types; use a kernel built with CONFIG_DEBUG_INFO_BTF=y, or an image that brings its types"
                                + " along");
        assertThat(withoutTypes.typedTracepoints().available()).isFalse();
        assertThat(withoutTypes.kernelTypes().available()).isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldKnowWhatKindsOfTypesThisKernelTakes() {
        // A kernel that accepts an example of each kind lacks none; one that refuses some must be said to.
        assertThat(BtfProbe.support().missing())
                .allSatisfy(kind ->
                        assertThat(LoadedBtf.isAccepted(BtfProbe.example(kind))).isFalse());
    }

    @Test
    void shouldUnderstandLockdown() {
        assertThat(Lockdown.parse("[none] integrity confidentiality\n")).isEqualTo(Lockdown.NONE);
        assertThat(Lockdown.parse("none [integrity] confidentiality\n")).isEqualTo(Lockdown.INTEGRITY);
        assertThat(Lockdown.parse("none integrity [confidentiality]\n")).isEqualTo(Lockdown.CONFIDENTIALITY);
        assertThat(Lockdown.parse("")).isEqualTo(Lockdown.UNKNOWN);
    }

    @Test
    void shouldKnowTheWordsOfVerifiers() {
        assertThat(HelperProbe.saysUnknown("0: (85) call unknown#9999\ninvalid func unknown#9999"))
                .isTrue();
        assertThat(HelperProbe.saysUnknown("unknown func bpf_probe_read_kernel#113"))
                .isTrue();
        assertThat(HelperProbe.saysUnknown("program of this type cannot use helper bpf_skb_load_bytes#26"))
                .isTrue();
        assertThat(HelperProbe.saysUnknown("R1 type=ctx expected=map_ptr")).isFalse();
    }
}
