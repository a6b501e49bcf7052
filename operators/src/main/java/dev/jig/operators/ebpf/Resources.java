// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import java.util.List;

/** Gives up what was taken, in reverse order. */
final class Resources {
    private Resources() {}

    /** Closes all resources, none of which throws a checked exception, and forgets them. */
    static void closeAll(List<? extends AutoCloseable> resources) {
        for (AutoCloseable resource : resources.reversed()) {
            close(resource);
        }
        resources.clear();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new AssertionError("kernel objects close without checked exceptions", impossible);
        }
    }
}
