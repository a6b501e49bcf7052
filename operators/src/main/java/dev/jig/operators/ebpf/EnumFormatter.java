// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.ebpf;

import dev.jig.bpf.BpfException;
import dev.jig.bpf.btf.Btf;
import dev.jig.bpf.btf.BtfKind;
import dev.jig.bpf.btf.BtfType;
import dev.jig.bpf.load.KernelTypes;
import dev.jig.datasource.DataSource;
import dev.jig.datasource.Field;
import dev.jig.datasource.Kind;
import dev.jig.datasource.LongReader;
import dev.jig.datasource.LongTextMemo;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Utf8Literal;
import dev.jig.gadget.Log;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongFunction;

/** Adds, beside each field of an enumerated type, a text field with the name of the value. */
final class EnumFormatter {
    private static final String TARGET = "ebpf.formatter.enum";
    private static final String SEPARATOR = "ebpf.formatter.bitfield.separator";
    private static final String RAW_SUFFIX = "_raw";
    private static final String SET_SUFFIX = "_set";
    private static final int MOST_TEXTS = 4096;

    private final Btf btf;
    private final KernelTypes kernel;
    private final Log log;

    /**
     * @param kernel where enumerations of the same names are looked for: their numbers are what this kernel's are called
     */
    EnumFormatter(Btf btf, KernelTypes kernel, Log log) {
        this.btf = btf;
        this.kernel = kernel;
        this.log = log;
    }

    void addTo(DataSource source, List<StructFields.EnumMember> members) {
        for (StructFields.EnumMember member : members) {
            source.field(member.field()).ifPresent(field -> add(field, member.type()));
        }
    }

    private void add(Field field, int type) {
        String name = field.annotation(TARGET).orElseGet(() -> withoutSuffix(field.name()));
        if (name.isEmpty()) {
            log.warn("getting target name for enum field \"" + field.fullName() + "\": neither \"" + TARGET
                    + "\" annotation nor '" + RAW_SUFFIX + "' suffix found");
            return;
        }
        field.setHidden(true, false);
        Field target =
                field.dataSource().addField(NewField.of(name, Kind.STRING).beside(field));
        LongReader value = field.asLong();
        LongTextMemo texts = new LongTextMemo(MOST_TEXTS, text(field, type));
        if (!isSet(type)) {
            target.setNumberNames(new EnumeratedNumbers(value, enumerators(type)));
        }
        target.deriveLiteral(record -> texts.of(value.read(record)));
        target.markLocal();
    }

    private LongFunction<Utf8Literal> text(Field field, int type) {
        List<BtfType.Enumerator> enumerators = enumerators(type);
        if (!isSet(type)) {
            return value -> Utf8Literal.of(nameOf(enumerators, value));
        }
        String separator = field.annotation(SEPARATOR).orElse("|");
        return bits -> Utf8Literal.of(namesOf(enumerators, bits, separator));
    }

    private boolean isSet(int type) {
        return btf.name(type).endsWith(SET_SUFFIX);
    }

    private static String namesOf(List<BtfType.Enumerator> enumerators, long bits, String separator) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < enumerators.size(); i++) {
            BtfType.Enumerator enumerator = enumerators.get(i);
            if ((bits & enumerator.value()) == enumerator.value()) {
                text.append(text.isEmpty() ? "" : separator).append(enumerator.name());
            }
        }
        return text.toString();
    }

    private static String nameOf(List<BtfType.Enumerator> enumerators, long value) {
        for (int i = 0; i < enumerators.size(); i++) {
            if (enumerators.get(i).value() == value) {
                return enumerators.get(i).name();
            }
        }
        return EnumeratedNumbers.UNKNOWN;
    }

    private List<BtfType.Enumerator> enumerators(int type) {
        String name = btf.name(type);
        List<BtfType.Enumerator> known = name.isEmpty() ? List.of() : kernelEnumerators(name);
        return known.isEmpty() ? enumerators(btf, type) : known;
    }

    private List<BtfType.Enumerator> kernelEnumerators(String name) {
        try {
            Btf types = kernel.running().kernel();
            OptionalInt found = types.find(name, BtfKind.ENUM);
            if (found.isEmpty()) {
                found = types.find(name, BtfKind.ENUM64);
            }
            return found.isPresent() ? enumerators(types, found.getAsInt()) : List.of();
        } catch (BpfException untold) {
            // A kernel that does not tell its types: those of the object are the best that is known.
            return List.of();
        }
    }

    private static List<BtfType.Enumerator> enumerators(Btf btf, int type) {
        return switch (btf.type(type)) {
            case BtfType.Enumeration enumeration -> enumeration.enumerators();
            case BtfType.Enumeration64 enumeration -> enumeration.enumerators();
            default -> List.of();
        };
    }

    /** The name of a field that holds a text for a raw one; empty when the raw field's name has no suffix to leave out. */
    static String withoutSuffix(String name) {
        return name.endsWith(RAW_SUFFIX) ? name.substring(0, name.length() - RAW_SUFFIX.length()) : "";
    }
}
