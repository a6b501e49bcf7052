// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.lang.foreign.MemorySegment;

/**
 * A block that was read.
 *
 * @param content valid until the next block is read
 */
record Block(BlockHeader header, MemorySegment content) {}
