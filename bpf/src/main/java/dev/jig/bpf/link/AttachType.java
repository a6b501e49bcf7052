// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

/** Numbers of {@code enum bpf_attach_type} that links are created with. */
public final class AttachType {
    public static final int TRACE_RAW_TP = 23;
    public static final int TRACE_FENTRY = 24;
    public static final int TRACE_FEXIT = 25;
    public static final int MODIFY_RETURN = 26;
    public static final int LSM_MAC = 27;
    public static final int TRACE_ITER = 28;
    public static final int PERF_EVENT = 41;

    private AttachType() {}
}
