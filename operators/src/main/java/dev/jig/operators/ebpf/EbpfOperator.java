// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.ImageLayer;
import dev.jig.gadget.ImageOperator;
import dev.jig.gadget.OperatorInstance;
import java.util.Optional;

/** The image operator for eBPF layers. */
public final class EbpfOperator implements ImageOperator {
    /** The media type of eBPF layers. */
    public static final String MEDIA_TYPE = "application/vnd.gadget.ebpf.program.v1+binary";

    static final String PREFIX = "operator.oci.ebpf.";

    private final KernelTypes kernel;

    /**
     * @param kernel the types to relocate against and to attach to
     */
    public EbpfOperator(KernelTypes kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "ebpf";
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context, ImageLayer layer) {
        try {
            ObjectFile object = ObjectFile.parse(shortName(context.imageName()), layer.content());
            return Optional.of(new EbpfInstance(context, object, kernel));
        } catch (BpfException malformed) {
            throw new GadgetException("initializing ebpf gadget: " + malformed.getMessage(), malformed);
        }
    }

    /** The last part of an image's name, which becomes a part of the names of its data maps. */
    private static String shortName(String imageName) {
        String name = imageName.substring(imageName.lastIndexOf('/') + 1);
        int end = name.indexOf(':');
        return end < 0 ? name : name.substring(0, end);
    }
}
