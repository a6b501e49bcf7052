// SPDX-License-Identifier: Apache-2.0
package dev.jig.gadget;

import java.lang.foreign.MemorySegment;

/**
 * A layer of a gadget image.
 *
 * @param mediaType what it holds
 * @param digest its content's digest, {@code sha256:…}
 * @param content its bytes; valid as long as the run
 */
public record ImageLayer(String mediaType, String digest, MemorySegment content) {}
