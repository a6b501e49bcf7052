// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.Configuration;
import dev.jig.gadget.CustomParams;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.ImageFacts;
import dev.jig.gadget.ImageLayer;
import dev.jig.gadget.ImageOperator;
import dev.jig.gadget.Operator;
import dev.jig.gadget.OperatorInstance;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens a gadget's image and hands its layers to the operators that understand them. */
public final class OciOperator implements Operator {
    /** What images that nobody vouches for are treated like. */
    static final Param VERIFY =
            Param.of("operator.oci.", "verify-image", ParamType.BOOL, "true", "Run only images that are trusted");

    private static final Param ALLOWED = Param.of(
            "operator.oci.",
            "allowed-gadgets",
            ParamType.STRINGS,
            "",
            "Images that may be run, by full names or digests, or beginnings of names with * behind them (default all)");

    private static final Param ANNOTATE = Param.of(
            "operator.oci.",
            "annotate",
            ParamType.STRINGS,
            "",
            "Annotations for data sources and fields: 'ds:key=value' or 'ds.field:key=value', separated by commas");
    private static final Param PULL = Param.of(
                    "operator.oci.", "pull", ParamType.STRING, "missing", "When to fetch the image from a registry")
            .withPossibleValues(List.of("always", "missing", "never"));
    private static final Param VALIDATE =
            Param.of("operator.oci.", "validate-metadata", ParamType.BOOL, "true", "Validate the gadget's metadata");

    private final ImageProvider images;
    private final ImageGate gate;
    private final List<ImageOperator> operators;

    /**
     * @param images where images come from
     * @param gate decides which of them may run
     * @param operators for the layers
     */
    public OciOperator(ImageProvider images, ImageGate gate, List<ImageOperator> operators) {
        this.images = images;
        this.gate = gate;
        this.operators = List.copyOf(operators);
    }

    @Override
    public String name() {
        return "oci";
    }

    @Override
    public int priority() {
        return -1000;
    }

    @Override
    public List<Param> globalParams() {
        List<Param> params = new ArrayList<>(gate.params());
        params.add(VERIFY);
        params.add(ALLOWED);
        return params;
    }

    @Override
    public List<Param> instanceParams() {
        return runParams();
    }

    /** The params of a run, also for those who have it run elsewhere. */
    public static List<Param> runParams() {
        return List.of(ANNOTATE, PULL, VALIDATE);
    }

    @Override
    public Optional<OperatorInstance> instantiate(GadgetContext context) {
        if (context.imageName().isEmpty()) {
            throw new GadgetException("imageName empty");
        }
        context.value(PULL);
        boolean verify = !context.value(VERIFY).equals("false");
        ImageName name = ImageName.parse(context.imageName());
        Optional<String> pinned = context.find(ImageFacts.PINNED);
        GadgetImage image =
                pinned.isPresent() ? images.openPinned(name, pinned.get(), verify) : images.open(name, verify);
        new AllowedImages(context.value(ALLOWED)).require(image, context.imageName());
        List<Known> layers = knownLayers(image, context);
        layers.forEach(known -> known.operator.prepare(context, known.layer));
        gate.check(image, context);
        String metadata = image.metadata();
        context.put(ImageFacts.KEY, new ImageFacts(image.digest(), metadata));
        Configuration configuration = Configuration.parse(metadata, "metadata of \"" + image.name() + "\"");
        CustomParams custom = CustomParams.of(configuration);
        custom.apply(context.options().values());
        new Annotations(context.value(ANNOTATE)).applyTo(configuration);
        context.setConfiguration(configuration);
        List<OperatorInstance> instances = new ArrayList<>();
        if (!custom.params().isEmpty()) {
            instances.add(new ParamsOnly(custom.params()));
        }
        for (Known known : layers) {
            known.operator.instantiate(context, known.layer).ifPresent(instances::add);
        }
        return instances.isEmpty() ? Optional.empty() : Optional.of(new LayerInstances(instances));
    }

    /** What has been done already when the params are declared. */
    private record ParamsOnly(List<Param> params) implements OperatorInstance {}

    /** A layer and the operator that understands it. */
    private record Known(ImageOperator operator, ImageLayer layer) {}

    private List<Known> knownLayers(GadgetImage image, GadgetContext context) {
        List<Known> known = new ArrayList<>();
        for (Descriptor layer : image.manifest().layers()) {
            Optional<ImageOperator> operator = operatorFor(layer.mediaType());
            if (operator.isPresent()) {
                MemorySegment content = MemorySegment.ofArray(image.layer(layer));
                known.add(new Known(operator.get(), new ImageLayer(layer.mediaType(), layer.digest(), content)));
            } else {
                context.log().warn("no operator found for media type \"" + layer.mediaType() + "\", skipping layer");
            }
        }
        return known;
    }

    private Optional<ImageOperator> operatorFor(String mediaType) {
        for (ImageOperator operator : operators) {
            if (operator.mediaType().equals(mediaType)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }
}
