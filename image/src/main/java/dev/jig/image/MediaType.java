// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

/** Media types of the parts of a gadget image. */
public final class MediaType {
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String GADGET = "application/vnd.gadget.v1+binary";
    public static final String METADATA = "application/vnd.gadget.config.v1+yaml";
    public static final String EMPTY = "application/vnd.oci.empty.v1+json";
    public static final String EBPF = "application/vnd.gadget.ebpf.program.v1+binary";
    public static final String WASM = "application/vnd.gadget.wasm.program.v1+binary";
    public static final String BTFGEN = "application/vnd.gadget.btfgen.v1+binary";

    private MediaType() {}
}
