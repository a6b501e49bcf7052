// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.link;

/** A program's attachment to a hook. Closing detaches; the kernel does the same when the process dies. */
public interface Link extends AutoCloseable {
    @Override
    void close();
}
