// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.List;

/** Turns a tree of fields into a {@link Plan}: whatever cannot change during the run becomes fixed bytes. */
final class JsonPlanBuilder {
    private final String unit;
    private final boolean compat;
    private final NotFinite words;
    private final List<PlanStep> steps = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    /** Creates a builder of pretty output with this indentation per level, or of compact output if it is empty. */
    JsonPlanBuilder(String unit, boolean compat) {
        this.unit = unit;
        this.compat = compat;
        this.words = compat ? NotFinite.NOTHING : NotFinite.NULL;
    }

    /** Makes the plan of an object at a depth of nesting that is followed by {@code end}. */
    Plan build(List<FieldTree.Node> members, int depth, String end) {
        object(members, depth);
        literal.append(end);
        return new Plan(steps, take());
    }

    private void object(List<FieldTree.Node> members, int depth) {
        literal.append('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                literal.append(',');
            }
            FieldTree.Node member = members.get(i);
            if (!(compat && isUnwritable(member.field().kind()))) {
                line(depth + 1);
                name(member.field().name());
                value(member, depth + 1);
            }
        }
        if (!members.isEmpty()) {
            line(depth);
        }
        literal.append('}');
    }

    /** Arrays that the reference implementation leaves out although it has written the comma. */
    private static boolean isUnwritable(Kind kind) {
        return kind.isArray() && (!kind.element().isNumeric() || kind.element() == Kind.BOOL);
    }

    private void line(int depth) {
        if (!unit.isEmpty()) {
            literal.append('\n').repeat(unit, depth);
        }
    }

    private void name(String name) {
        literal.append('"').append(compat ? name : Utf8Literal.of(name).json()).append('"');
        literal.append(unit.isEmpty() ? ":" : ": ");
    }

    private void value(FieldTree.Node node, int depth) {
        Field field = node.field();
        if (node.object()) {
            object(node.members(), depth);
            return;
        }
        ValueSource source = field.source();
        if (source instanceof ValueSource.None) {
            literal.append(field.kind().isArray() ? "[]" : "\"\"");
        } else if (source instanceof ValueSource.ConstantNumber number) {
            constant(field.kind(), number.value());
        } else if (source instanceof ValueSource.ConstantText text) {
            constant(field.kind(), text.text());
        } else {
            hole(field, depth);
        }
    }

    private void constant(Kind kind, long value) {
        literal.append(words.constant(kind, value));
    }

    private void constant(Kind kind, Utf8Literal text) {
        literal.append('"').append(kind.isText() ? text.json() : hex(text)).append('"');
    }

    private static String hex(Utf8Literal text) {
        try (Utf8Buffer out = new Utf8Buffer(64)) {
            out.appendHexBytes(text.address(), text.length());
            return out.toString();
        }
    }

    private void hole(Field field, int depth) {
        Kind kind = field.kind();
        if (kind.isArray()) {
            array(field, depth);
        } else if (kind == Kind.BOOL) {
            steps.add(new PlanStep.Bool(take(), field.asLong(), compat));
        } else if (kind.isInteger()) {
            LongReader reader = field.asLong();
            steps.add(
                    kind == Kind.UINT64 ? new PlanStep.Unsigned(take(), reader) : new PlanStep.Signed(take(), reader));
        } else if (kind.isFloat()) {
            steps.add(new PlanStep.Decimal(take(), field.asDouble(), words));
        } else {
            literal.append('"');
            TextReader reader = field.asText();
            steps.add(kind.isText() ? new PlanStep.Text(take(), reader) : new PlanStep.Hex(take(), reader));
            literal.append('"');
        }
    }

    private void array(Field field, int depth) {
        JsonArray.Layout layout = JsonArray.Layout.at(unit, depth);
        Kind element = field.kind().element();
        if (element.isNumeric()) {
            steps.add(new PlanStep.Elements(take(), new JsonArray.Numbers(field.asArray(), layout, words, compat)));
        } else if (element.isText()) {
            steps.add(new PlanStep.Elements(take(), new JsonArray.Texts(field.asText(), layout)));
        } else {
            literal.append('"');
            steps.add(new PlanStep.Hex(take(), field.asText()));
            literal.append('"');
        }
    }

    private Utf8Literal take() {
        Utf8Literal taken = Utf8Literal.of(literal.toString());
        literal.setLength(0);
        return taken;
    }
}
