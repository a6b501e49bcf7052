// SPDX-License-Identifier: Apache-2.0
package dev.jig.hosttest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A gadget that a test writes and builds.
 *
 * @param folder with its sources
 * @param unique names its program and map: no others in the kernel are called so
 */
record TinyGadget(Path folder, String unique) {
    private static final String PROGRAM = """
            // SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
            #include <vmlinux.h>
            #include <bpf/bpf_helpers.h>
            #include <bpf/bpf_core_read.h>
            #include <gadget/buffer.h>
            #include <gadget/macros.h>

            struct task_struct___future {
            	int no_such_field;
            } __attribute__((preserve_access_index));

            struct event {
            	__u32 value;
            };

            GADGET_TRACER_MAP(UNIQUE, 4096);
            GADGET_TRACER(tiny, UNIQUE, event);

            SEC("tracepoint/syscalls/sys_exit_openat")
            int UNIQUE_p(void *ctx)
            {
            	struct task_struct___future *task = (void *)bpf_get_current_task();
            	__u32 value = VALUE;
            	struct event *event = gadget_reserve_buf(&UNIQUE, sizeof(*event));

            	if (!event)
            		return 0;
            	event->value = value;
            	gadget_submit_buf(ctx, &UNIQUE, event, sizeof(*event));
            	return 0;
            }

            char LICENSE[] SEC("license") = "GPL";
            """;

    private static final String METADATA = """
            name: tiny
            description: a gadget of a test
            datasources:
              tiny:
                fields:
                  value:
                    annotations:
                      description: a number
            """;

    /** A gadget whose events have the value of a C expression. */
    static TinyGadget withValue(Path parent, String expression) throws IOException {
        String unique = "j" + Long.toUnsignedString(System.nanoTime() & 0xffff_ffffL, 36);
        TinyGadget gadget = new TinyGadget(Files.createTempDirectory(parent, "gadget"), unique);
        Files.writeString(
                gadget.folder.resolve("program.bpf.c"),
                PROGRAM.replace("UNIQUE", unique).replace("VALUE", expression));
        gadget.describe(METADATA);
        return gadget;
    }

    /** Replaces {@code gadget.yaml}. */
    void describe(String metadata) throws IOException {
        Files.writeString(folder.resolve("gadget.yaml"), metadata);
    }

    /** Builds the image. */
    Finished build(Product product, String... flags) {
        java.util.List<String> words =
                new java.util.ArrayList<>(java.util.List.of("image", "build", folder.toString()));
        words.addAll(java.util.List.of(flags));
        return product.run(words.toArray(String[]::new));
    }

    /** Builds the image under a name, which must succeed. */
    void buildAs(Product product, String name) {
        Finished built = build(product, "-t", name);
        assertThat(built.exitCode()).as(built.err()).isZero();
    }
}
