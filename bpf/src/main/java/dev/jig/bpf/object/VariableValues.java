// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Values for an object's variables, to be put into its data sections before they are loaded. Not for concurrent use. */
public final class VariableValues {
    private final ObjectFile object;
    private final Map<String, byte[]> images = new HashMap<>();

    /** No values yet for variables of this object. */
    public VariableValues(ObjectFile object) {
        this.object = requireNonNull(object, "object");
    }

    /** Sets a global variable; the value must have exactly its size and this machine's byte order. */
    public VariableValues set(String name, byte[] value) {
        Variable variable = variable(name);
        if (value.length != variable.size()) {
            throw new ObjectException(
                    object.name() + ": variable " + name + " has " + variable.size() + " bytes, not " + value.length);
        }
        System.arraycopy(value, 0, image(variable), variable.offset(), value.length);
        return this;
    }

    /** Sets a global variable of 1, 2, 4 or 8 bytes to a number, which must fit as signed or unsigned. */
    public VariableValues setNumber(String name, long value) {
        Variable variable = variable(name);
        int bits = variable.size() * Byte.SIZE;
        if (bits > Long.SIZE || Integer.bitCount(bits) != 1) {
            throw new ObjectException(
                    object.name() + ": variable " + name + " of " + variable.size() + " bytes is no number");
        }
        if (bits < Long.SIZE && value >> bits != 0 && value >> (bits - 1) != -1) {
            throw new ObjectException(
                    object.name() + ": " + value + " does not fit the " + variable.size() + " bytes of " + name);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        byte[] number = new byte[variable.size()];
        bytes.get(0, number);
        if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
            bytes.order(ByteOrder.BIG_ENDIAN).putLong(0, value).get(Long.BYTES - number.length, number);
        }
        return set(name, number);
    }

    /** The bytes a variable has now. */
    public byte[] get(String name) {
        Variable variable = variable(name);
        byte[] value = new byte[variable.size()];
        System.arraycopy(image(variable), variable.offset(), value, 0, value.length);
        return value;
    }

    /** A copy of a section's contents with the values set. */
    public byte[] contents(DataSection section) {
        byte[] image = images.get(section.name());
        return image == null ? section.contents() : image.clone();
    }

    private Variable variable(String name) {
        Optional<Variable> variable = object.variable(name);
        if (variable.isEmpty()) {
            throw new ObjectException(object.name() + ": has no global variable " + name);
        }
        return variable.get();
    }

    private byte[] image(Variable variable) {
        byte[] image = images.get(variable.section());
        if (image == null) {
            for (DataSection section : object.dataSections()) {
                if (section.name().equals(variable.section())) {
                    image = section.contents();
                    images.put(section.name(), image);
                    return image;
                }
            }
            throw new ObjectException(object.name() + ": has no section " + variable.section());
        }
        return image;
    }
}
