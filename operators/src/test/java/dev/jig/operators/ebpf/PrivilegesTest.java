// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.Helper;
import dev.jig.bpf.insn.Instruction;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.map.MapType;
import dev.jig.bpf.object.SectionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivilegesTest {
    private static Bytecode code(Instruction... instructions) {
        Bytecode code = Bytecode.ofSlots(4);
        int slot = 0;
        for (Instruction instruction : instructions) {
            code.put(slot, instruction);
            slot += instruction.slots();
        }
        return code;
    }

    private static Instruction call(String helper) {
        return Instructions.call(Helper.number(helper).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "tracepoint/syscalls/sys_enter_openat, CAP_BPF CAP_PERFMON",
        "kprobe/vfs_read, CAP_BPF CAP_PERFMON",
        "tp_btf/sched_switch, CAP_BPF CAP_PERFMON",
        "iter/task, CAP_BPF CAP_PERFMON",
        "iter/tcp, CAP_BPF CAP_PERFMON CAP_SYS_ADMIN",
        "socket, CAP_BPF CAP_NET_RAW CAP_SYS_ADMIN",
        "tcx/ingress, CAP_BPF CAP_NET_ADMIN",
        "cgroup_skb/egress, CAP_BPF CAP_NET_ADMIN",
        "xdp, CAP_BPF CAP_NET_ADMIN",
    })
    void shouldFollowTheTypeOfTheProgram(String section, String capabilities) {
        assertThat(Privileges.ofProgram(SectionName.parse(section), code(Instructions.exit())))
                .containsExactly(capabilities.split(" "));
    }

    @Test
    void shouldFollowTheHelpers() {
        SectionName section = SectionName.parse("cgroup_skb/egress");
        assertThat(Privileges.ofProgram(section, code(call("bpf_get_current_task"))))
                .containsExactly("CAP_BPF", "CAP_NET_ADMIN", "CAP_PERFMON");
        assertThat(Privileges.ofProgram(
                        SectionName.parse("tracepoint/a/b"),
                        code(Instructions.load64(1, 0x8500000000L), call("bpf_probe_write_user"))))
                .containsExactly("CAP_BPF", "CAP_PERFMON", "CAP_SYS_ADMIN");
    }

    @Test
    void shouldFollowTheTypeOfTheMap() {
        assertThat(Privileges.ofMap(MapType.HASH)).containsExactly("CAP_BPF");
        assertThat(Privileges.ofMap(MapType.SOCKHASH)).containsExactly("CAP_BPF", "CAP_NET_ADMIN");
    }
}
