// SPDX-License-Identifier: Apache-2.0
package dev.jig.recording;

import java.util.Optional;

/** What a block of a recording is. */
enum BlockKind {
    /** The first one: what was recorded, and where. */
    DESCRIPTION(0),
    /** Entries. */
    EVENTS(1),
    /** The last one of a recording that was ended in order: how many records it has. */
    END(2);

    private final int number;

    BlockKind(int number) {
        this.number = number;
    }

    /** Stands for the kind in headers. */
    int number() {
        return number;
    }

    /** The kind with a number, if there is one. */
    static Optional<BlockKind> of(int number) {
        for (BlockKind kind : values()) {
            if (kind.number == number) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
