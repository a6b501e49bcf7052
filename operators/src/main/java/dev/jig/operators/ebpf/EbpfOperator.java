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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The image operator for eBPF layers. */
public final class EbpfOperator implements ImageOperator {
    /** The media type of eBPF layers. */
    public static final String MEDIA_TYPE = "application/vnd.gadget.ebpf.program.v1+binary";

    static final String PREFIX = "operator.oci.ebpf.";

    private final KernelTypes kernel;
    private final Buffers buffers;
    private final Map<String, FutureTask<ObjectFile>> parsed = new ConcurrentHashMap<>();

    /**
     * @param kernel the types to relocate against and to attach to
     */
    public EbpfOperator(KernelTypes kernel) {
        this(kernel, Buffers.AUTOMATIC);
    }

    /**
     * @param kernel the types to relocate against and to attach to
     * @param buffers what tracers use
     */
    public EbpfOperator(KernelTypes kernel, Buffers buffers) {
        this.kernel = buffers.typesOf(kernel);
        this.buffers = buffers;
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
    public void prepare(GadgetContext context, ImageLayer layer) {
        FutureTask<ObjectFile> task =
                new FutureTask<>(() -> ObjectFile.parse(shortName(context.imageName()), layer.content()));
        parsed.put(layer.digest(), task);
        Thread.ofPlatform().name("jig-parse").daemon().start(() -> {
            task.run();
            kernel.prepare();
        });
    }

    private ObjectFile parse(GadgetContext context, ImageLayer layer) {
        FutureTask<ObjectFile> task = parsed.remove(layer.digest());
        try {
            return task == null ? ObjectFile.parse(shortName(context.imageName()), layer.content()) : task.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof BpfException malformed) {
                throw malformed;
            }
            throw new BpfException("parsing the object failed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BpfException("interrupted while parsing the object", interrupted);
        }
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context, ImageLayer layer) {
        try {
            ObjectFile object = parse(context, layer);
            return Optional.of(new EbpfInstance(context, object, kernel, buffers));
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
