// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.insn.Assembler;
import dev.jig.bpf.insn.Bytecode;
import dev.jig.bpf.insn.InstructionException;
import dev.jig.bpf.insn.Instructions;
import dev.jig.bpf.insn.Opcode;
import dev.jig.datasource.Container;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.DataSourceType;
import dev.jig.datasource.Field;
import dev.jig.datasource.FieldConfiguration;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import dev.jig.datasource.StaticField;
import dev.jig.datasource.filter.Condition;
import dev.jig.datasource.filter.Filters;
import dev.jig.datasource.filter.Fixed;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the instructions that conditions become, and compares with the conditions themselves. */
class FilterCodeTest {
    private static final int SIZE = 160;
    private static final int SUBMIT = 132;
    private static final int OUTPUT = 130;
    private static final int PERF = 25;
    private static final String[] NAMES = {"cat", "ls", "", "a", "0123456789abcde", "/etc", "/etc/passwd", "/et"};
    private static final String[] ENUMERATORS = {"ONE", "MINUS", "OTHER_ONE", "UNKNOWN"};
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        0x100000000L,
        0x180000001L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -2,
        -128,
        -32768
    };

    private final DataSource source = DataSource.create("d", DataSourceType.SINGLE, FieldConfiguration.NONE);
    private final Container container = source.addStaticFields(
            SIZE,
            List.of(
                    StaticField.of("comm", Kind.CSTRING, 0, 16),
                    StaticField.of("i8", Kind.INT8, 16, 1),
                    StaticField.of("u8", Kind.UINT8, 17, 1),
                    StaticField.of("i16", Kind.INT16, 18, 2),
                    StaticField.of("u16", Kind.UINT16, 20, 2),
                    StaticField.of("flag", Kind.BOOL, 22, 1),
                    StaticField.of("i32", Kind.INT32, 24, 4),
                    StaticField.of("u32", Kind.UINT32, 28, 4),
                    StaticField.of("i64", Kind.INT64, 32, 8),
                    StaticField.of("u64", Kind.UINT64, 40, 8),
                    StaticField.of("odd", Kind.CSTRING, 49, 5),
                    StaticField.of("fname", Kind.CSTRING, 56, 100)));
    private final Random random = new Random(61);

    FilterCodeTest() {
        Field name = source.addField(NewField.of("name", Kind.STRING));
        EnumeratedNumbers names = new EnumeratedNumbers(
                source.requireField("i32").asLong(),
                List.of(
                        new BtfType.Enumerator("ONE", 1),
                        new BtfType.Enumerator("MINUS", -1),
                        new BtfType.Enumerator("OTHER_ONE", 1)));
        name.deriveText((record, out) -> out.append(
                switch ((int) names.number().read(record)) {
                    case 1 -> "ONE";
                    case -1 -> "MINUS";
                    default -> "UNKNOWN";
                }));
        name.setNumberNames(names);
    }

    /** Whether the instructions let a record pass that lies in memory with something else behind it. */
    private static boolean passes(Bytecode inserted, OutputSite site, byte[] memory, int size) {
        long[] registers = new long[11];
        if (site.isSized()) {
            registers[site.size()] = size;
        }
        ByteBuffer bytes = ByteBuffer.wrap(memory).order(ByteOrder.nativeOrder());
        int at = 0;
        while (at < inserted.slots()) {
            int opcode = inserted.opcode(at);
            int destination = inserted.destination(at);
            long immediate = inserted.immediate(at);
            switch (Opcode.classOf(opcode)) {
                case Opcode.CLASS_LDX -> {
                    assertThat(destination).isEqualTo(site.scratch());
                    assertThat(inserted.source(at)).isEqualTo(site.data());
                    registers[destination] = load(bytes, Opcode.accessBytes(opcode), inserted.offset(at));
                    at++;
                }
                case Opcode.CLASS_ALU64 -> {
                    long value = registers[destination];
                    registers[destination] = switch (Opcode.codeOf(opcode)) {
                        case Opcode.LSH -> value << immediate;
                        case Opcode.ARSH -> value >> immediate;
                        default -> immediate;
                    };
                    at++;
                }
                default -> {
                    if (opcode == Opcode.CALL) {
                        assertThat(immediate).isEqualTo(133);
                        at++;
                    } else {
                        boolean narrow = Opcode.classOf(opcode) == Opcode.CLASS_JMP32;
                        boolean jumps = opcode == Opcode.JUMP
                                || holds(Opcode.codeOf(opcode), registers[destination], immediate, narrow);
                        at += 1 + (jumps ? inserted.offset(at) : 0);
                    }
                }
            }
        }
        // One behind the end is the call, two behind it what follows.
        assertThat(at).isBetween(inserted.slots(), inserted.slots() + 1);
        return at == inserted.slots();
    }

    private static long load(ByteBuffer bytes, int width, int offset) {
        return switch (width) {
            case 1 -> bytes.get(offset) & 0xff;
            case 2 -> bytes.getShort(offset) & 0xffff;
            case 4 -> bytes.getInt(offset) & 0xffff_ffffL;
            default -> bytes.getLong(offset);
        };
    }

    private static boolean holds(int condition, long left, long right, boolean narrow) {
        long a = narrow ? (int) left : left;
        long b = narrow ? (int) right : right;
        int signed = Long.compare(a, b);
        int unsigned = narrow ? Integer.compareUnsigned((int) a, (int) b) : Long.compareUnsigned(a, b);
        return switch (condition) {
            case Opcode.JEQ -> a == b;
            case Opcode.JNE -> a != b;
            case Opcode.JLT -> unsigned < 0;
            case Opcode.JLE -> unsigned <= 0;
            case Opcode.JGT -> unsigned > 0;
            case Opcode.JGE -> unsigned >= 0;
            case Opcode.JSLT -> signed < 0;
            case Opcode.JSLE -> signed <= 0;
            case Opcode.JSGT -> signed > 0;
            case Opcode.JSGE -> signed >= 0;
            default -> throw new AssertionError("condition " + condition);
        };
    }

    private boolean test(Condition condition, byte[] memory, int size) {
        source.start();
        try (Record record = source.newRecord()) {
            record.wrap(MemorySegment.ofArray(memory), 0, size);
            return condition.test(record);
        }
    }

    private byte[] randomRecord() {
        byte[] bytes = new byte[SIZE];
        // Whatever an earlier record left.
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = (byte) "abct/s\0".charAt(random.nextInt(7));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        text(bytes, 0, 16);
        buffer.put(16, (byte) number()).put(17, (byte) number());
        buffer.putShort(18, (short) number()).putShort(20, (short) number()).put(22, (byte) random.nextInt(2));
        buffer.putInt(24, (int) number()).putInt(28, (int) number());
        buffer.putLong(32, number()).putLong(40, number());
        text(bytes, 49, 5);
        text(bytes, 56, 100);
        return bytes;
    }

    private void text(byte[] bytes, int at, int size) {
        byte[] name = Arrays.copyOf(
                NAMES[random.nextInt(NAMES.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8), 20);
        int length = new String(name, java.nio.charset.StandardCharsets.UTF_8).indexOf('\0') + random.nextInt(2);
        System.arraycopy(name, 0, bytes, at, Math.min(size, length));
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)] + random.nextInt(3) - 1;
    }

    private String randomLeaf() {
        String[] comparisons = {"==", "!=", "<", "<=", ">", ">="};
        String[] numeric = {"i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"};
        String[] texts = {"comm", "odd", "fname"};
        String field = numeric[random.nextInt(numeric.length)];
        String text = texts[random.nextInt(texts.length)];
        String name = "\"" + NAMES[random.nextInt(NAMES.length)] + "\"";
        return switch (random.nextInt(10)) {
            case 0 -> "flag";
            case 1 -> text + " == " + name;
            case 2 -> text + " != " + name;
            case 3 -> text + " startsWith " + name;
            case 4 -> text + " in [" + name + ", \"ls\", \"/etc/passwd\"]";
            case 5 -> text + " contains " + name;
            case 7 -> "name " + comparisons[random.nextInt(2)] + " \"" + ENUMERATORS[random.nextInt(4)] + "\"";
            case 8 -> "name in [\"" + ENUMERATORS[random.nextInt(4)] + "\", \"ONE\"]";
            case 6 -> {
                StringBuilder list = new StringBuilder(field).append(" in [");
                for (int i = 0; i < 1 + random.nextInt(12); i++) {
                    list.append(number()).append(", ");
                }
                yield list.append("]").toString();
            }
            default -> field + " " + comparisons[random.nextInt(comparisons.length)] + " " + number();
        };
    }

    private String randomCondition(int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(5)) {
            case 1 -> "(" + randomCondition(depth - 1) + " and " + randomCondition(depth - 1) + ")";
            case 2 ->
                "(" + randomCondition(depth - 1) + " or " + randomCondition(depth - 1) + " or " + randomLeaf() + ")";
            case 3 -> "not (" + randomCondition(depth - 1) + ")";
            default -> randomLeaf();
        };
    }

    @Test
    void shouldNeverRefuseWhatIsWanted() {
        List<OutputSite> sites = List.of(new OutputSite(0, SUBMIT), new OutputSite(0, OUTPUT), new OutputSite(0, PERF));
        int refused = 0;
        int exact = 0;
        for (int i = 0; i < 8000; i++) {
            String text = randomCondition(3);
            Condition condition = Filters.expression(text, source);
            Condition kernel = new KernelCondition(container).of(condition);
            if (kernel instanceof Fixed) {
                continue;
            }
            OutputSite site = sites.get(i % 3);
            Bytecode code = FilterCode.of(kernel, site);
            for (int j = 0; j < 8; j++) {
                byte[] memory = randomRecord();
                int size = site.isSized() && random.nextBoolean() ? random.nextInt(SIZE + 1) : SIZE;
                boolean passes = passes(code, site, memory, size);
                boolean holds = test(condition, memory, size);
                assertThat(passes || !holds)
                        .as("%s for %s of %d bytes", text, Arrays.toString(memory), size)
                        .isTrue();
                if (size == SIZE) {
                    assertThat(passes).as(text).isEqualTo(test(kernel, memory, size));
                    exact++;
                }
                refused += passes ? 0 : 1;
            }
        }
        assertThat(refused).isGreaterThan(5000);
        assertThat(exact).isGreaterThan(5000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            fname == "/etc/passwd"             | /etc/shadow | false
            fname == "/etc/passwd"             | /etc/passwd | true
            fname == "/etc/passwd"             | /etc        | false
            fname startsWith "/etc"            | /et         | false
            fname startsWith "/etc"            | /etc/       | true
            """)
    void shouldDecideAboutShortRecords(String text, String fname, boolean passes) {
        byte[] memory = new byte[SIZE];
        Arrays.fill(memory, (byte) 'x');
        byte[] name = (fname + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.arraycopy(name, 0, memory, 56, name.length);
        OutputSite site = new OutputSite(0, OUTPUT);
        Bytecode code = FilterCode.of(new KernelCondition(container).of(Filters.expression(text, source)), site);

        assertThat(passes(code, site, memory, 56 + name.length)).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            comm == "a" and fname contains "b"              | comm == "a"
            comm == "a" or fname contains "b"               | true
            u8 == 1 and (comm == "a" or fname matches "b")  | u8 == 1
            not (comm == "a" and u8 + 1 == 2)               | true
            not (comm == "a" or u8 + 1 == 2)                | not (comm == "a")
            fname endsWith "x"                              | true
            u64 in [18446744073709551615]                   | true
            comm == "0123456789abcdefg"                     | true
            name == "ONE"                                   | i32 in [1]
            name != "MINUS"                                 | not (i32 in [-1])
            name in ["ONE", "MINUS"]                        | i32 in [-1, 1]
            name != "UNKNOWN"                               | true
            name == "OTHER_ONE"                             | true
            """)
    void shouldTellWhatTheKernelCanDecide(String text, String inKernel) {
        assertThat(new KernelCondition(container)
                        .of(Filters.expression(text, source))
                        .describe())
                .isEqualTo(inKernel);
    }

    @Test
    void shouldLeaveFieldsAloneThatSomebodyChanges() {
        source.requireField("u8").asWriter();
        source.requireField("u16").deriveNumber(record -> 5);

        KernelCondition kernel = new KernelCondition(container);
        assertThat(kernel.of(Filters.expression("u8 == 1", source))).isEqualTo(new Fixed(true));
        assertThat(kernel.of(Filters.expression("u16 == 1", source))).isEqualTo(new Fixed(true));
    }

    @Test
    void shouldBoundTheNumberOfInstructions() {
        StringBuilder text = new StringBuilder("fname in [");
        for (int i = 0; i < 200; i++) {
            text.append("\"/a/rather/long/name/that/is/compared/").append(i).append("\", ");
        }
        Condition condition = new KernelCondition(container).of(Filters.expression(text + "\"\"]", source));
        assertThatThrownBy(() -> FilterCode.of(condition, new OutputSite(0, OUTPUT)))
                .isInstanceOf(InstructionException.class)
                .hasMessage("the filter needs more than 4000 instructions");
    }

    @Test
    void shouldFindTheCallsThatSendRecords() {
        Assembler code = new Assembler();
        code.add(Instructions.load64(1, OUTPUT)).add(Instructions.call(14)).add(Instructions.call(SUBMIT));
        code.add(Instructions.call(OUTPUT)).add(Instructions.call(PERF)).add(Instructions.exit());

        assertThat(OutputSite.find(code.assemble()))
                .containsExactly(new OutputSite(3, SUBMIT), new OutputSite(4, OUTPUT), new OutputSite(5, PERF));
    }
}
