// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.Fuzzing;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Programs, libraries and library caches may be anybody's. */
class UserFuzzTest {
    private static void readProgram(byte[] bytes) {
        try (ExecutableFile file = ExecutableFile.open(FileContents.of("garbled", bytes))) {
            file.functionOffset("open_door");
            file.functionOffset("close_door");
            file.functionOffset("absent");
            assertThat(file.nearestFunction("opendoor")).isNotNull();
        }
    }

    @Test
    void shouldSurviveGarbledPrograms() {
        Fuzzing.fuzz(Executables.bits64(ByteOrder.LITTLE_ENDIAN), 11, UserFuzzTest::readProgram);
        Fuzzing.fuzz(Executables.bits64(ByteOrder.BIG_ENDIAN), 12, UserFuzzTest::readProgram);
        Fuzzing.fuzz(Executables.bits32(), 13, UserFuzzTest::readProgram);
    }

    @Test
    void shouldSurviveGarbledLibraryCaches() {
        byte[] newFormat = LibraryCaches.newFormat("liba.so.1", "/lib/liba.so.1", "libb.so.2", "/lib/libb.so.2");
        byte[] oldFormat = LibraryCaches.oldFormat("liba.so.1", "/lib/liba.so.1", "libb.so.2", "/lib/libb.so.2");
        for (byte[] cache : new byte[][] {newFormat, oldFormat}) {
            Fuzzing.fuzz(
                    cache,
                    14,
                    bytes -> assertThat(LibraryCache.read(FileContents.of("garbled", bytes))
                                    .find("liba"))
                            .hasSizeLessThan(65));
        }
    }
}
