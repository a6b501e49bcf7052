// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.elf.Symbol;
import dev.jig.bpf.object.Extern.ConfigurationType;
import java.util.ArrayList;
import java.util.List;

/** A {@code __kconfig} variable that has no place in {@code .kconfig} yet. */
record ConfigurationVariable(String name, boolean weak, ConfigurationType type, int size, int alignment, boolean signed)
        implements Comparable<ConfigurationVariable> {

    static ConfigurationVariable of(Btf btf, String file, Symbol symbol, int variable) {
        int type = btf.resolve(btf.target(variable));
        int size = btf.sizeOf(type);
        boolean array = btf.kind(type) == BtfKind.ARRAY;
        int element = array ? btf.resolve(btf.arrayElementType(type)) : type;
        boolean signed = btf.kind(element) == BtfKind.INT && btf.isSignedInteger(element);
        return new ConfigurationVariable(
                symbol.name(),
                symbol.isWeak(),
                typeOf(btf, file, symbol.name(), type),
                size,
                Math.min(Long.BYTES, Math.max(1, btf.sizeOf(element))),
                signed);
    }

    private static ConfigurationType typeOf(Btf btf, String file, String name, int type) {
        return switch (btf.type(type)) {
            case BtfType.Int integer when integer.bool() && integer.size() == 1 -> ConfigurationType.BOOL;
            case BtfType.Int integer when integer.size() == 1 -> ConfigurationType.CHARACTER;
            case BtfType.Int integer
            when integer.size() <= 8 && Integer.bitCount(integer.size()) == 1 -> ConfigurationType.INTEGER;
            case BtfType.Enumeration tristate
            when tristate.size() == 4 && tristate.name().equals("libbpf_tristate") -> ConfigurationType.TRISTATE;
            case BtfType.Array array
            when array.count() > 0 && isCharacter(btf, array.elementType()) -> ConfigurationType.STRING;
            default ->
                throw new ObjectException(
                        file + ": __kconfig variable " + name + " has unsupported type " + btf.text(type));
        };
    }

    private static boolean isCharacter(Btf btf, int type) {
        return btf.type(btf.resolve(type)) instanceof BtfType.Int integer && integer.size() == 1 && !integer.bool();
    }

    /** Gives each variable its place: widest alignment first, so that no padding is needed between. */
    static List<Extern.KernelConfiguration> layOut(List<ConfigurationVariable> variables) {
        List<ConfigurationVariable> sorted = new ArrayList<>(variables);
        sorted.sort(null);
        List<Extern.KernelConfiguration> placed = new ArrayList<>(sorted.size());
        long offset = 0;
        for (ConfigurationVariable variable : sorted) {
            offset = Math.ceilDiv(offset, variable.alignment) * variable.alignment;
            if (offset + variable.size > MAXIMUM_BYTES) {
                throw new ObjectException("__kconfig variables take more than " + MAXIMUM_BYTES + " bytes");
            }
            placed.add(new Extern.KernelConfiguration(
                    variable.name, variable.weak, variable.type, (int) offset, variable.size, variable.signed));
            offset += variable.size;
        }
        return placed;
    }

    private static final int MAXIMUM_BYTES = 1 << 20;

    @Override
    public int compareTo(ConfigurationVariable other) {
        if (alignment != other.alignment) {
            return Integer.compare(other.alignment, alignment);
        }
        return size != other.size ? Integer.compare(size, other.size) : name.compareTo(other.name);
    }
}
