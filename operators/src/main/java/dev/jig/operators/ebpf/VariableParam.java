// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.object.ObjectFile;
import dev.jig.bpf.object.Variable;
import dev.jig.bpf.object.VariableValues;
import dev.jig.gadget.Configuration;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.IpAddress;
import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A param that is a variable of the programs. Its default is the variable's initial value; only what somebody sets is
 * written.
 */
final class VariableParam {
    private static final String L3_ENDPOINT = "gadget_l3endpoint_t";
    private static final int VERSION_OFFSET = 16;

    private final Variable variable;
    private final int type;
    private final Btf btf;
    private final Param param;

    private VariableParam(Variable variable, int type, Btf btf, Param param) {
        this.variable = variable;
        this.type = type;
        this.btf = btf;
        this.param = param;
    }

    /**
     * Describes the param of a variable.
     *
     * @throws GadgetException when the object has no such variable
     */
    static VariableParam of(ObjectFile object, String name, Configuration configuration) {
        Variable variable = object.variable(name)
                .orElseThrow(() -> MarkerReader.problem(name, "no BTF type found for: " + name + ": not found"));
        Btf btf = object.btf();
        int type = btf.resolve(variable.type());
        ParamType paramType = paramType(btf, type);
        WellKnownParam known = WellKnownParam.of(name);
        Configuration settings = configuration.has("params.ebpf." + name)
                ? configuration.below("params.ebpf." + name)
                : configuration.below("ebpfparams." + name);
        String initial = initialValue(object, variable, paramType);
        String defaultValue = initial.isEmpty() ? settings.text("defaultvalue").orElse("") : initial;
        Param param = Param.of(
                        EbpfOperator.PREFIX,
                        settings.text("key").orElse(known.key()),
                        paramType,
                        defaultValue,
                        settings.text("description").orElse(known.description()))
                .withTitle(known.title(), known.tags());
        return new VariableParam(variable, type, btf, param);
    }

    Param param() {
        return param;
    }

    private static ParamType paramType(Btf btf, int type) {
        return switch (btf.kind(type)) {
            case INT -> btf.isBooleanInteger(type) ? ParamType.BOOL : integerType(btf, type, btf.isSignedInteger(type));
            case ENUM, ENUM64 -> integerType(btf, type, btf.flag(type));
            case FLOAT -> ParamType.ofHint("float" + btf.sizeOf(type) * Byte.SIZE);
            case ARRAY -> isCharacter(btf, btf.arrayElementType(type)) ? ParamType.STRING : ParamType.UNTYPED;
            case STRUCT -> btf.name(type).equals(L3_ENDPOINT) ? ParamType.IP : ParamType.UNTYPED;
            default -> ParamType.UNTYPED;
        };
    }

    private static ParamType integerType(Btf btf, int type, boolean signed) {
        return ParamType.ofHint((signed ? "int" : "uint") + btf.sizeOf(type) * Byte.SIZE);
    }

    private static boolean isCharacter(Btf btf, int type) {
        int resolved = btf.resolve(type);
        return btf.kind(resolved) == BtfKind.INT && btf.name(resolved).equals("char");
    }

    private static String initialValue(ObjectFile object, Variable variable, ParamType paramType) {
        byte[] bytes = new VariableValues(object).get(variable.name());
        return switch (paramType) {
            case BOOL -> bytes[0] == 1 ? "true" : "false";
            case STRING -> text(bytes);
            case FLOAT32 -> String.valueOf(buffer(bytes).getFloat());
            case FLOAT64 -> String.valueOf(buffer(bytes).getDouble());
            case INT8, INT16, INT32, INT64 -> integer(bytes).toString();
            case UINT8, UINT16, UINT32, UINT64 -> unsigned(bytes).toString();
            case INT, UINT, DURATION, IP, BYTES, STRINGS, UNTYPED -> "";
        };
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static BigInteger integer(byte[] bytes) {
        return new BigInteger(bigEndian(bytes));
    }

    private static BigInteger unsigned(byte[] bytes) {
        return new BigInteger(1, bigEndian(bytes));
    }

    private static byte[] bigEndian(byte[] bytes) {
        byte[] reversed = bytes.clone();
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            for (int i = 0; i < bytes.length; i++) {
                reversed[i] = bytes[bytes.length - 1 - i];
            }
        }
        return reversed;
    }

    /**
     * Writes the value that was set for the param; without one the variable keeps its initial value.
     *
     * @throws GadgetException when the value does not fit the variable
     */
    void write(GadgetContext context, VariableValues values) {
        String text = context.value(param);
        Optional<String> given = context.options().values().find(param);
        boolean configured = !text.equals(param.defaultValue()) || given.isEmpty() && isTextDefault(values, text);
        if (!configured || text.isEmpty() && param.type() != ParamType.STRING) {
            return;
        }
        values.set(variable.name(), encode(text));
    }

    /** The metadata's default of a character array counts, as the object usually has none. */
    private boolean isTextDefault(VariableValues values, String text) {
        return param.type() == ParamType.STRING && !text.equals(text(values.get(variable.name())));
    }

    private byte[] encode(String text) {
        byte[] bytes = new byte[variable.size()];
        switch (param.type()) {
            case BOOL -> bytes[0] = (byte) (Boolean.parseBoolean(text) ? 1 : 0);
            case STRING -> encodeText(text, bytes);
            case FLOAT32 -> buffer(bytes).putFloat(Float.parseFloat(text));
            case FLOAT64 -> buffer(bytes).putDouble(Double.parseDouble(text));
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> encodeInteger(text, bytes);
            case IP -> encodeAddress(text, bytes);
            case UNTYPED -> {
                return NumberArray.encode(btf, type, text).orElseThrow(() -> mismatch(text));
            }
            case INT, UINT, DURATION, BYTES, STRINGS -> throw mismatch(text);
        }
        return bytes;
    }

    private void encodeText(String text, byte[] bytes) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > bytes.length) {
            throw new GadgetException(
                    "string param \"" + param.key() + "\" too long: " + utf8.length + " > " + bytes.length);
        }
        System.arraycopy(utf8, 0, bytes, 0, utf8.length);
    }

    private void encodeInteger(String text, byte[] bytes) {
        byte[] number = Arrays.copyOfRange(
                buffer(new byte[Long.BYTES])
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(new BigInteger(text).longValue())
                        .array(),
                0,
                bytes.length);
        System.arraycopy(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? number : bigEndian(number),
                0,
                bytes,
                0,
                bytes.length);
    }

    private void encodeAddress(String text, byte[] bytes) {
        byte[] address = IpAddress.parse(text).orElseThrow(() -> mismatch(text));
        System.arraycopy(address, 0, bytes, 0, address.length);
        bytes[VERSION_OFFSET] = (byte) (address.length == 4 ? 4 : 6);
    }

    private GadgetException mismatch(String text) {
        return new GadgetException("setting \"" + variable.name() + "\" variable: a value such as \"" + text
                + "\" cannot be written to type " + btf.describe(type) + " of " + variable.size() + " bytes");
    }

    /** What is known of the variables that many gadgets have. */
    private record WellKnownParam(String key, String title, String description, String... tags) {
        private static final String PROCESS = "group:Process";

        static WellKnownParam of(String variable) {
            return switch (variable) {
                case "targ_pid" ->
                    new WellKnownParam("pid", "Process ID", "Only events of the process with this id", PROCESS);
                case "targ_tid" ->
                    new WellKnownParam("tid", "Thread ID", "Only events of the thread with this id", PROCESS);
                case "targ_uid" ->
                    new WellKnownParam("uid", "UID", "Only events of processes of this user id", PROCESS);
                case "targ_gid" ->
                    new WellKnownParam("gid", "GID", "Only events of processes of this group id", PROCESS);
                case "targ_comm" ->
                    new WellKnownParam("comm", "Comm", "Only events of processes with exactly this name", PROCESS);
                case "collect_ustack" ->
                    new WellKnownParam(
                            "collect-ustack", "Collect User Stack", "Take a user stack for each event", PROCESS);
                case "collect_build_id" ->
                    new WellKnownParam(
                            "collect-build-id", "Collect Build IDs", "Keep build ids with user stacks", PROCESS);
                case "collect_otel_stack" ->
                    new WellKnownParam("collect-otel-stack", "", "Ask an OpenTelemetry profiler for stacks");
                default -> new WellKnownParam(variable, "", "");
            };
        }
    }

    static List<Param> params(List<VariableParam> variables) {
        return variables.stream().map(VariableParam::param).toList();
    }
}
