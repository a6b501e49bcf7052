// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.program;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A program as {@code BPF_PROG_LOAD} takes it.
 *
 * @param name cut to 15 bytes by the kernel
 * @param type a number of {@code enum bpf_prog_type}
 * @param expectedAttachType a number of {@code enum bpf_attach_type}
 * @param instructions eight bytes each, host byte order, every reference filled in
 * @param license for instance {@code GPL}; helpers may demand a compatible one
 * @param kernelVersion {@code LINUX_VERSION_CODE}, only looked at by kernels before 5.0
 * @param flags {@code BPF_F_SLEEPABLE} and others
 * @param target what a tracing program attaches to
 * @param debugInfo function and line records
 * @param fdArray descriptors that instructions refer to by index, for instance module BTFs of kernel functions
 */
public record ProgramDefinition(
        String name,
        int type,
        int expectedAttachType,
        byte[] instructions,
        String license,
        int kernelVersion,
        int flags,
        AttachTarget target,
        DebugInfo debugInfo,
        List<Integer> fdArray) {
    public ProgramDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(target, "target is null");
        requireNonNull(debugInfo, "debugInfo is null");
        fdArray = List.copyOf(fdArray);
    }

    /** A program without attach target and debug information. */
    public static ProgramDefinition of(String name, int type, byte[] instructions, String license) {
        return new ProgramDefinition(
                name, type, 0, instructions, license, 0, 0, AttachTarget.NONE, DebugInfo.NONE, List.of());
    }

    /** The same with other instructions. */
    public ProgramDefinition withInstructions(byte[] newInstructions) {
        return new ProgramDefinition(
                name,
                type,
                expectedAttachType,
                newInstructions,
                license,
                kernelVersion,
                flags,
                target,
                debugInfo,
                fdArray);
    }

    /** The same for a kernel before 5.0, which compares versions. */
    public ProgramDefinition withKernelVersion(int version) {
        return new ProgramDefinition(
                name, type, expectedAttachType, instructions, license, version, flags, target, debugInfo, fdArray);
    }

    /** The same for a hook that is known when loading. */
    public ProgramDefinition withTarget(int attachType, AttachTarget newTarget, int newFlags) {
        return new ProgramDefinition(
                name, type, attachType, instructions, license, kernelVersion, newFlags, newTarget, debugInfo, fdArray);
    }

    /**
     * What a tracing program attaches to.
     *
     * @param btfId the type id of the function or typedef, 0 for none
     * @param btfDescriptor descriptor of a module's BTF or of the target program, 0 for vmlinux
     */
    public record AttachTarget(int btfId, int btfDescriptor) {
        public static final AttachTarget NONE = new AttachTarget(0, 0);
    }

    /**
     * Function and line records of {@code .BTF.ext}, offsets in instructions of this program.
     *
     * @param btf descriptor of the loaded BTF, 0 for none
     */
    public record DebugInfo(int btf, byte[] functions, int functionRecordSize, byte[] lines, int lineRecordSize) {
        public static final DebugInfo NONE = new DebugInfo(0, new byte[0], 0, new byte[0], 0);
    }
}
