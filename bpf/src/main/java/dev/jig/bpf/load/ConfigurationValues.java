// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.load;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.features.KernelConfiguration;
import dev.jig.bpf.features.KernelVersion;
import dev.jig.bpf.object.DataSection;
import dev.jig.bpf.object.Extern;
import dev.jig.bpf.object.ObjectFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Fills in the section {@code .kconfig}: what programs want to know of the kernel that they run on. */
final class ConfigurationValues {
    private final ObjectFile object;
    private final Supplier<KernelConfiguration> source;
    private final KernelVersion version;
    private Optional<KernelConfiguration> kernel = Optional.empty();

    /**
     * @param source reads the kernel's configuration, which takes long; asked only when an object wants more than the loader knows by itself
     */
    ConfigurationValues(ObjectFile object, Supplier<KernelConfiguration> source, KernelVersion version) {
        this.object = object;
        this.source = source;
        this.version = version;
    }

    byte[] contents(DataSection section) {
        ByteBuffer buffer = ByteBuffer.allocate(section.size()).order(ByteOrder.nativeOrder());
        for (Extern extern : object.externs()) {
            if (extern instanceof Extern.KernelConfiguration variable) {
                write(variable, buffer);
            }
        }
        return buffer.array();
    }

    private void write(Extern.KernelConfiguration variable, ByteBuffer buffer) {
        Optional<String> text = value(variable.name());
        if (text.isEmpty()) {
            if (!variable.weak()) {
                throw new BpfException("the configuration of this kernel does not say what " + variable.name() + " is");
            }
            return;
        }
        switch (variable.type()) {
            case BOOL, TRISTATE, CHARACTER -> buffer.put(variable.offset(), letter(variable, text.get()));
            case INTEGER -> writeInteger(variable, text.get(), buffer);
            case STRING -> writeText(variable, text.get(), buffer);
        }
    }

    /** Three names are the loader's own; the others are those of the kernel's configuration. */
    private Optional<String> value(String name) {
        return switch (name) {
            case "LINUX_KERNEL_VERSION" -> Optional.of(String.valueOf(version.code()));
            case "LINUX_HAS_SYSCALL_WRAPPER" -> Optional.of(version.hasSystemCallWrappers() ? "y" : "n");
            case "LINUX_HAS_BPF_COOKIE" -> Optional.of(version.isAtLeast(5, 15) ? "y" : "n");
            default -> configured(name);
        };
    }

    private Optional<String> configured(String name) {
        if (kernel.isEmpty()) {
            kernel = Optional.of(source.get());
        }
        return kernel.get().value(name);
    }

    private static byte letter(Extern.KernelConfiguration variable, String text) {
        boolean answer = text.equals("n") || text.equals("y") || text.equals("m");
        if (variable.type() == Extern.ConfigurationType.CHARACTER) {
            return answer ? (byte) text.charAt(0) : (byte) checked(variable, text, parse(variable, text));
        }
        boolean modules = variable.type() == Extern.ConfigurationType.TRISTATE;
        if (!answer || text.equals("m") && !modules) {
            throw mismatch(variable, text);
        }
        return (byte) "nym".indexOf(text);
    }

    private static void writeInteger(Extern.KernelConfiguration variable, String text, ByteBuffer buffer) {
        long number = text.equals("y") ? 1 : text.equals("n") ? 0 : parse(variable, text);
        checked(variable, text, number);
        switch (variable.size()) {
            case 1 -> buffer.put(variable.offset(), (byte) number);
            case 2 -> buffer.putShort(variable.offset(), (short) number);
            case 4 -> buffer.putInt(variable.offset(), (int) number);
            case 8 -> buffer.putLong(variable.offset(), number);
            default -> throw mismatch(variable, text);
        }
    }

    /** The number, if the variable has room for it. */
    private static long checked(Extern.KernelConfiguration variable, String text, long number) {
        int unused = Long.SIZE - Byte.SIZE * variable.size();
        long kept = variable.signed() ? number << unused >> unused : number << unused >>> unused;
        if (kept != number) {
            throw mismatch(variable, text);
        }
        return number;
    }

    private static long parse(Extern.KernelConfiguration variable, String text) {
        try {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw mismatch(variable, text);
        }
    }

    private static void writeText(Extern.KernelConfiguration variable, String text, ByteBuffer buffer) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        byte[] bytes = (quoted ? text.substring(1, text.length() - 1) : text).getBytes(StandardCharsets.UTF_8);
        buffer.put(variable.offset(), bytes, 0, Math.min(bytes.length, variable.size() - 1));
    }

    private static BpfException mismatch(Extern.KernelConfiguration variable, String text) {
        return new BpfException("this kernel has " + variable.name() + "=" + text
                + ", which does not fit the type that the program declares for it");
    }
}
