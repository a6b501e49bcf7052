// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.core;

import dev.jig.bpf.btf.Btf;

/** A type of the target that may correspond to a local type. */
public record Candidate(Btf btf, int type) {}
