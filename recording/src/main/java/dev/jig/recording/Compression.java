// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import io.airlift.compress.v3.zstd.ZstdCompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import io.airlift.compress.v3.zstd.ZstdNativeCompressor;
import io.airlift.compress.v3.zstd.ZstdNativeDecompressor;

/** Zstandard: the C library where it can be loaded, otherwise the same in Java. */
final class Compression {
    /** Fast; higher ones gain a few hundredths of the size for twice the time. */
    private static final int LEVEL = 1;

    private Compression() {}

    static ZstdCompressor compressor() {
        return ZstdNativeCompressor.isEnabled() ? new ZstdNativeCompressor(LEVEL) : new ZstdJavaCompressor();
    }

    static ZstdDecompressor decompressor() {
        return ZstdNativeDecompressor.isEnabled() ? new ZstdNativeDecompressor() : new ZstdJavaDecompressor();
    }
}
