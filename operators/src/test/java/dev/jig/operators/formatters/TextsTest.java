// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.formatters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jig.bpf.sys.Architecture;
import dev.jig.datasource.Utf8Buffer;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts that formatters make of numbers. */
class TextsTest {
    private static String text(NumberFormatter.Text text, long value) {
        try (Utf8Buffer buffer = new Utf8Buffer(64)) {
            text.write(value, buffer);
            return buffer.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,''",
        "1,EPERM",
        "2,ENOENT",
        "11,EAGAIN",
        "17,EEXIST",
        "35,EDEADLK",
        "36,ENAMETOOLONG",
        "41,error#41",
        "58,error#58",
        "95,ENOTSUP",
        "110,ETIMEDOUT",
        "132,ERFKILL",
        "133,EHWPOISON",
        "134,error#134",
        "512,error#512",
        "4294967295,error#4294967295"
    })
    void shouldNameErrors(long number, String name) {
        assertThat(text(ErrorNames::write, number)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "0,signal#0",
        "1,SIGHUP",
        "2,SIGINT",
        "9,SIGKILL",
        "11,SIGSEGV",
        "16,SIGSTKFLT",
        "31,SIGSYS",
        "32,signal#32",
        "64,signal#64"
    })
    void shouldNameSignals(long number, String name) {
        assertThat(text(Signals::write, number)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "9,9 B",
        "10,10 B",
        "999,999 B",
        "1000,1.0 kB",
        "1500,1.5 kB",
        "1549,1.5 kB",
        "1550,1.6 kB",
        "9949,9.9 kB",
        "9950,10 kB",
        "82854982,83 MB",
        "1000000000000,1.0 TB",
        "-1,18 EB"
    })
    void shouldScaleBytes(long bytes, String expected) {
        assertThat(text(Amounts::writeBytes, bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0ns",
        "999,999ns",
        "1000,1.00µs",
        "1234,1.23µs",
        "1000000,1.00ms",
        "12345678,12.35ms",
        "1000000000,1s",
        "1500000000,1.5s",
        "120250000000,2m0.25s",
        "3603000000000,1h0m3s",
        "60000000000,1m0s",
        "3600000000000,1h0m0s"
    })
    void shouldWriteDurations(long nanoseconds, String expected) {
        assertThat(text(Amounts::writeDuration, nanoseconds)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,----------",
        "0640,-rw-r-----",
        "0100644,-rw-r--r--",
        "040755,-rwxr-xr-x",
        "0777,-rwxrwxrwx",
        "020000000755,drwxr-xr-x"
    })
    void shouldWriteModes(String octal, String expected) {
        assertThat(text(FileMode::write, Long.parseLong(octal, 8))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,O_RDONLY",
        "1,O_WRONLY",
        "2,O_RDWR",
        "3,''",
        "02000000,O_RDONLY|O_CLOEXEC",
        "01102,O_RDWR|O_CREAT|O_TRUNC",
        "0301,O_WRONLY|O_CREAT|O_EXCL",
        "0200000,O_RDONLY|O_DIRECTORY",
        "0400000,O_RDONLY|O_NOFOLLOW",
        "0100000,O_RDONLY|O_LARGEFILE",
        "040000,O_RDONLY|O_DIRECT",
        "010000,O_RDONLY|O_DSYNC",
        "02400,O_RDONLY|O_NOCTTY|O_APPEND",
        "024000,O_RDONLY|O_NONBLOCK|O_FASYNC",
        "01000000,O_RDONLY|O_NOATIME"
    })
    void shouldNameFlagsAsUpstreamDoes(String octal, String expected) {
        long flags = Long.parseLong(octal, 8);

        assertThat(text(new FileFlags(true, Architecture.X86_64)::write, flags)).isEqualTo(expected);
        assertThat(text(new FileFlags(false, Architecture.X86_64)::write, flags))
                .isEqualTo(expected);
    }

    @Test
    void shouldNameFlagsThatUpstreamDoesNotKnow() {
        FileFlags flags = new FileFlags(false, Architecture.X86_64);

        assertThat(text(flags::write, 010000000)).isEqualTo("O_RDONLY|O_PATH");
        assertThat(text(flags::write, 020200002)).isEqualTo("O_RDWR|O_TMPFILE");
        assertThat(text(flags::write, 04010001)).isEqualTo("O_WRONLY|O_SYNC");
        assertThat(text(new FileFlags(true, Architecture.X86_64)::write, 04010001))
                .isEqualTo("O_WRONLY|O_DSYNC");
    }

    @Test
    void shouldKnowTheFlagsOfOtherArchitectures() {
        FileFlags flags = new FileFlags(false, Architecture.ARM64);

        assertThat(text(flags::write, 040000)).isEqualTo("O_RDONLY|O_DIRECTORY");
        assertThat(text(flags::write, 0100000)).isEqualTo("O_RDONLY|O_NOFOLLOW");
        assertThat(text(flags::write, 0200000)).isEqualTo("O_RDONLY|O_DIRECT");
        assertThat(text(new FileFlags(true, Architecture.ARM64)::write, 040000)).isEqualTo("O_RDONLY|O_DIRECT");
    }

    @ParameterizedTest
    @CsvSource({
        "0,1970-01-01T00:00:00.000000000Z",
        "1,1970-01-01T00:00:00.000000001Z",
        "1795249715344147100,2026-11-21T08:28:35.344147100Z",
        "1709210096999999999,2024-02-29T12:34:56.999999999Z",
        "-1,1969-12-31T23:59:59.999999999Z"
    })
    void shouldWriteTimes(long nanoseconds, String expected) {
        assertThat(text(new TimestampText(ZoneOffset.UTC)::write, nanoseconds)).isEqualTo(expected);
    }

    @Test
    void shouldWriteTimesOfTheZone() {
        TimestampText text = new TimestampText(ZoneId.of("Europe/Berlin"));

        assertThat(text(text::write, 1_700_000_000_000_000_000L)).isEqualTo("2023-11-14T23:13:20.000000000+01:00");
        assertThat(text(text::write, 1_700_000_000_500_000_000L)).isEqualTo("2023-11-14T23:13:20.500000000+01:00");
        assertThat(text(text::write, 1_690_000_000_000_000_000L)).isEqualTo("2023-07-22T06:26:40.000000000+02:00");
    }
}
