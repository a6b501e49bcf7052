// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.Param;
import java.util.List;

/** Decides whether an image may run. */
public interface ImageGate {
    /** Lets every image pass. */
    ImageGate OPEN = new ImageGate() {
        @Override
        public void check(GadgetImage image, GadgetContext context) {}
    };

    /** The params by which it decides. */
    default List<Param> params() {
        return List.of();
    }

    /**
     * Looks at an image before anything of it is loaded.
     *
     * @throws dev.jig.gadget.GadgetException when it must not run, with the reasons
     */
    void check(GadgetImage image, GadgetContext context);
}
