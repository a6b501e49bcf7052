// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns a tree of fields into a {@link Plan} of a YAML mapping in block style. */
final class YamlPlanBuilder {
    private static final String UNIT = "  ";
    private static final Comparator<FieldTree.Node> NATURAL = (left, right) ->
            NaturalOrder.compare(left.field().name(), right.field().name());

    private final boolean compat;
    private final NotFinite words;
    private final List<PlanStep> steps = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    YamlPlanBuilder(boolean compat) {
        this.compat = compat;
        this.words = compat ? NotFinite.NULL : NotFinite.YAML;
    }

    Plan build(List<FieldTree.Node> fields) {
        literal.append("---\n");
        if (fields.isEmpty()) {
            literal.append("{}\n");
        }
        mapping(fields, 0);
        return new Plan(steps, take());
    }

    private void mapping(List<FieldTree.Node> members, int depth) {
        List<FieldTree.Node> sorted = new ArrayList<>(members);
        sorted.sort(NATURAL);
        for (FieldTree.Node member : sorted) {
            String key = YamlText.key(member.field().name());
            literal.repeat(UNIT, depth).append(key).append(':');
            value(member, depth, depth * UNIT.length() + key.codePointCount(0, key.length()) + 2);
            literal.append('\n');
        }
    }

    private void value(FieldTree.Node node, int depth, int column) {
        Field field = node.field();
        if (node.object()) {
            object(node, depth);
            return;
        }
        ValueSource source = field.source();
        if (source instanceof ValueSource.None) {
            literal.append(field.kind().isArray() ? " []" : " \"\"");
        } else if (source instanceof ValueSource.ConstantNumber number) {
            constant(field.kind(), number.value());
        } else if (source instanceof ValueSource.ConstantText text) {
            constant(field.kind(), text.text(), new YamlText(column, depth));
        } else {
            hole(field, depth, column);
        }
    }

    private void object(FieldTree.Node node, int depth) {
        if (node.members().isEmpty()) {
            literal.append(" {}");
            return;
        }
        literal.append('\n');
        mapping(node.members(), depth + 1);
        literal.setLength(literal.length() - 1);
    }

    private void constant(Kind kind, long value) {
        literal.append(' ').append(words.constant(kind, value));
    }

    private void constant(Kind kind, Utf8Literal text, YamlText yaml) {
        try (Utf8Buffer out = new Utf8Buffer(64)) {
            out.append(' ');
            yaml.append(out, text.address(), text.length(), !kind.isText());
            literal.append(out);
        }
    }

    private void hole(Field field, int depth, int column) {
        Kind kind = field.kind();
        if (kind.isArray() && (kind.element().isNumeric() || kind.element().isText())) {
            FieldReader reader = kind.element().isNumeric() ? field.asArray() : field.asText();
            steps.add(new PlanStep.Sequence(take(), new YamlSequence(reader, depth)));
            return;
        }
        literal.append(' ');
        if (kind == Kind.BOOL) {
            steps.add(new PlanStep.Bool(take(), field.asLong(), compat));
        } else if (kind.isInteger()) {
            LongReader reader = field.asLong();
            steps.add(
                    kind == Kind.UINT64 ? new PlanStep.Unsigned(take(), reader) : new PlanStep.Signed(take(), reader));
        } else if (kind.isFloat()) {
            steps.add(new PlanStep.Decimal(take(), field.asDouble(), words));
        } else {
            steps.add(new PlanStep.Scalar(take(), field.asText(), new YamlText(column, depth)));
        }
    }

    private Utf8Literal take() {
        Utf8Literal taken = Utf8Literal.of(literal.toString());
        literal.setLength(0);
        return taken;
    }
}
