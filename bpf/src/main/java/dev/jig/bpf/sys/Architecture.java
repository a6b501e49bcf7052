// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.sys;

import dev.jig.bpf.BpfException;

/** A processor architecture that Jig runs on. */
public enum Architecture {
    X86_64("amd64"),
    ARM64("arm64");

    private final String ociName;

    Architecture(String ociName) {
        this.ociName = ociName;
    }

    /** The name in OCI platform descriptions: {@code amd64} or {@code arm64}. */
    public String ociName() {
        return ociName;
    }

    /** {@code O_NOFOLLOW} of {@code open(2)}, one of the few flags that differ. */
    public int noFollow() {
        return switch (this) {
            case X86_64 -> 0x20000;
            case ARM64 -> 0x8000;
        };
    }

    /**
     * The architecture of an OCI platform.
     *
     * @throws BpfException for any other name
     */
    public static Architecture ofOciName(String name) {
        for (Architecture architecture : values()) {
            if (architecture.ociName.equals(name)) {
                return architecture;
            }
        }
        throw new BpfException("architecture \"" + name + "\" is not supported: only amd64 and arm64 are");
    }

    /**
     * The architecture of the running JVM.
     *
     * @throws BpfException on any other architecture
     */
    public static Architecture current() {
        String name = System.getProperty("os.arch", "unknown");
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> ARM64;
            default ->
                throw new BpfException("architecture \"" + name + "\" is not supported: only amd64 and arm64 are");
        };
    }
}
