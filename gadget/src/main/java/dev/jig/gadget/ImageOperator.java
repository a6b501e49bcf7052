// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.util.Optional;

/** Somebody who understands one kind of layer of gadget images. */
public interface ImageOperator {
    /** The name; params have the prefix {@code operator.oci.<name>.}. */
    String name();

    /** The media type of the layers. */
    String mediaType();

    /**
     * Gets a layer ready while another thread reads the gadget's metadata. What goes wrong here is said by {@link
     * #instantiate}, which is called with the same layer afterwards.
     */
    default void prepare(GadgetContext context, ImageLayer layer) {}

    /**
     * Takes part in a run with a layer.
     *
     * @throws GadgetException when the layer or a param's value is wrong
     */
    Optional<OperatorInstance> instantiate(GadgetContext context, ImageLayer layer);
}
