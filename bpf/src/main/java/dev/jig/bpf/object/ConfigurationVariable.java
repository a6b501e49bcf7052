// SPDX-License-Identifier: Apache-2.0
package dev.jig.bpf.object;

import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.elf.Symbol;
import dev.jig.bpf.object.Extern.ConfigurationType;
import java.util.ArrayList;
import java.util.List;

/** A {@code __kconfig} variable that has no place in {@code .kconfig} yet. */
record ConfigurationVariable(String name, boolean weak, ConfigurationType type, int size, int alignment, boolean signed)
        implements Comparable<ConfigurationVariable> {

    private static final int MAXIMUM_BYTES = 1 << 20;

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
        BtfKind kind = btf.kind(type);
        if (kind == BtfKind.INT && btf.statedSize(type) <= Long.BYTES && Integer.bitCount(btf.statedSize(type)) == 1) {
            if (btf.statedSize(type) > 1) {
                return ConfigurationType.INTEGER;
            }
            return btf.isBool(type) ? ConfigurationType.BOOL : ConfigurationType.CHARACTER;
        }
        if (kind.isEnumeration() && btf.statedSize(type) == 4 && btf.name(type).equals("libbpf_tristate")) {
            return ConfigurationType.TRISTATE;
        }
        if (kind == BtfKind.ARRAY && btf.arrayCount(type) > 0 && isCharacter(btf, btf.arrayElementType(type))) {
            return ConfigurationType.STRING;
        }
        throw new ObjectException(file + ": __kconfig variable " + name + " has unsupported type " + btf.text(type));
    }

    private static boolean isCharacter(Btf btf, int type) {
        int resolved = btf.resolve(type);
        return btf.kind(resolved) == BtfKind.INT && btf.statedSize(resolved) == 1 && !btf.isBool(resolved);
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

    @Override
    public int compareTo(ConfigurationVariable other) {
        if (alignment != other.alignment) {
            return Integer.compare(other.alignment, alignment);
        }
        return size != other.size ? Integer.compare(size, other.size) : name.compareTo(other.name);
    }
}
