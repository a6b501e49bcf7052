// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.verifier;

/**
 * A way in which programs go wrong.
 *
 * @param cause what the program did, likely
 * @param hint what to do about it
 */
public record Refusal(String cause, String hint) {}
