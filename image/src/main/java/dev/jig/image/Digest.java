// SPDX-License-Identifier: Apache-2.0
package dev.jig.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of content, written {@code sha256:<hex>}. */
public final class Digest {
    private static final String PREFIX = "sha256:";
    private static final int HEX_LENGTH = 64;

    private Digest() {}

    /** The digest of some bytes. */
    public static String of(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return PREFIX + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * The hexadecimal part, safe to use as a file name.
     *
     * @throws ImageException when the text is no SHA-256 digest
     */
    public static String hex(String digest) {
        String hex = digest.startsWith(PREFIX) ? digest.substring(PREFIX.length()) : "";
        boolean valid = hex.length() == HEX_LENGTH && hex.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0);
        if (!valid) {
            throw new ImageException("not a SHA-256 digest: \"" + digest + "\"");
        }
        return hex;
    }
}
