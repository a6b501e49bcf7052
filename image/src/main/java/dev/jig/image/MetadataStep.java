// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.nio.file.Path;
import java.util.Optional;

/** What is done with a gadget's metadata between compiling and packing: completing it, checking it against the programs. */
@FunctionalInterface
public interface MetadataStep {
    /** Leaves everything as it is. */
    MetadataStep NONE = new MetadataStep() {
        @Override
        public Optional<Path> apply(BuildDescription description, Optional<byte[]> object) {
            return description.metadata();
        }
    };

    /**
     * Looks at, or changes, the metadata.
     *
     * @param object the compiled programs of one architecture, if the gadget has any
     * @return the metadata's file, if there is one now
     * @throws ImageException when the metadata is wrong
     */
    Optional<Path> apply(BuildDescription description, Optional<byte[]> object);
}
