// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.bpf.sys.Architecture;
import dev.jig.gadget.GadgetException;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageFile;
import dev.jig.image.ImageName;
import dev.jig.runtime.Locations;

/** Opens what a user names: an image of the store or of the program, or a file. Looking at an image needs no trust in it. */
record ImageOpener(Locations locations) {
    /**
     * Opens an image for this machine's architecture.
     *
     * @throws GadgetException when there is none
     */
    GadgetImage open(String typed) {
        return open(typed, Architecture.current().ociName());
    }

    /** Opens an image for some architecture, in OCI names. */
    GadgetImage open(String typed, String architecture) {
        try {
            return ImageFile.isPath(typed)
                    ? ImageFile.open(typed, architecture)
                    : locations.source(architecture).open(ImageName.parse(typed), false);
        } catch (GadgetException wrong) {
            throw new GadgetException("getting gadget info: " + wrong.getMessage(), wrong);
        }
    }
}
