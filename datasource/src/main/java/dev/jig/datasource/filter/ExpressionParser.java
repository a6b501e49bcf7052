// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an expression by the strength of its operators, and checks types on the way. Names of {@code let} stand for what they are bound
 * to.
 */
final class ExpressionParser {
    private static final int DEEPEST = 200;
    private static final int MOST_NODES = 10_000;
    private static final int LOGICAL_OR = 10;
    private static final int LOGICAL_AND = 15;
    private static final int COMPARISON = 20;
    private static final int NOT = 50;
    private static final int SIGN = 90;
    private static final int POWER = 100;
    private static final int COALESCE = 500;

    private static final Map<String, Integer> STRENGTHS = strengths();
    private static final List<String> NEGATABLE = List.of("in", "matches", "contains", "startsWith", "endsWith");

    private final Source source;
    private final List<Token> tokens;
    private final FieldScope fields;
    private final Operators operators;
    private final Functions functions;
    private final Map<String, Bound> names = new HashMap<>();
    private final List<Value> elements = new ArrayList<>();
    private int at;
    private int depth;
    private int nodes;

    /** What a name stands for, and of how many nodes that consists. */
    private record Bound(Value value, int nodes) {}

    private ExpressionParser(Source source, FieldScope fields) {
        this.source = source;
        this.fields = fields;
        this.tokens = Lexer.split(source);
        this.operators = new Operators(source);
        this.functions = new Functions(operators);
    }

    private static Map<String, Integer> strengths() {
        Map<String, Integer> strengths = new HashMap<>();
        strengths.put("or", LOGICAL_OR);
        strengths.put("||", LOGICAL_OR);
        strengths.put("and", LOGICAL_AND);
        strengths.put("&&", LOGICAL_AND);
        for (String comparison : List.of("==", "!=", "<", ">", "<=", ">=")) {
            strengths.put(comparison, COMPARISON);
        }
        for (String word : List.of("in", "matches", "contains", "startsWith", "endsWith")) {
            strengths.put(word, COMPARISON);
        }
        strengths.put("..", 25);
        strengths.put("+", 30);
        strengths.put("-", 30);
        strengths.put("*", 60);
        strengths.put("/", 60);
        strengths.put("%", 60);
        strengths.put("**", POWER);
        strengths.put("^", POWER);
        strengths.put("??", COALESCE);
        return strengths;
    }

    /**
     * Reads a condition.
     *
     * @throws FilterException saying what is wrong and where
     */
    static Condition condition(String text, FieldScope fields) {
        Source source = new Source(text);
        ExpressionParser parser = new ExpressionParser(source, fields);
        Value value = parser.sequence();
        parser.expectEnd();
        if (value instanceof Value.Truth truth) {
            return truth.condition();
        }
        throw source.problem("expected bool, but got " + value.type(), 0);
    }

    /**
     * Reads an expression whose value is shown as text.
     *
     * @throws FilterException saying what is wrong and where
     */
    static Value.Text text(String text, FieldScope fields) {
        ExpressionParser parser = new ExpressionParser(new Source(text), fields);
        Value value = parser.sequence();
        parser.expectEnd();
        return Functions.toText(value);
    }

    private Token token() {
        return tokens.get(at);
    }

    private void expectEnd() {
        if (token().kind() != Token.Kind.END) {
            throw unexpected();
        }
    }

    private FilterException unexpected() {
        return source.problem("unexpected token " + token().describe(), token().position());
    }

    private boolean accept(String symbol) {
        boolean found = token().isOperator(symbol) || token().isName(symbol);
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected();
        }
    }

    /** Parts with semicolons between them, of which the last one counts. */
    private Value sequence() {
        enter();
        Value value = token().isName("let") ? binding() : expression(0);
        while (accept(";")) {
            if (token().kind() == Token.Kind.END || token().isOperator("}")) {
                break;
            }
            value = token().isName("let") ? binding() : expression(0);
        }
        depth--;
        return value;
    }

    private Value binding() {
        at++;
        Token name = token();
        if (name.kind() != Token.Kind.NAME) {
            throw unexpected();
        }
        if (fields.find(name.text()).isPresent() || names.containsKey(name.text())) {
            throw source.problem("cannot redeclare " + name.text(), name.position());
        }
        at++;
        expect("=");
        int before = nodes;
        Value value = expression(0);
        names.put(name.text(), new Bound(value, nodes - before));
        if (!token().isOperator(";")) {
            throw unexpected();
        }
        at++;
        Value result = sequence();
        names.remove(name.text());
        return result;
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw source.problem("expression is nested more than " + DEEPEST + " deep", token().position());
        }
    }

    private void count(int more) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw source.problem("expression has more than " + MOST_NODES + " parts", token().position());
        }
    }

    private Value expression(int least) {
        enter();
        int start = token().position();
        Value left = primary();
        int chain = 0;
        while (true) {
            Token operator = token();
            boolean negated = operator.isName("not")
                    && at + 1 < tokens.size()
                    && NEGATABLE.contains(tokens.get(at + 1).text());
            String word = negated ? tokens.get(at + 1).text() : operator.text();
            boolean isOperator = operator.kind() == Token.Kind.OPERATOR || operator.kind() == Token.Kind.NAME;
            int strength = isOperator ? STRENGTHS.getOrDefault(word, -1) : -1;
            if (isOperator && word.equals("|") && least == 0) {
                at++;
                left = piped(left, start);
                continue;
            }
            if (strength < Math.max(1, least)) {
                break;
            }
            at += negated ? 2 : 1;
            count(1);
            if (strength == LOGICAL_OR || strength == LOGICAL_AND) {
                left = logical(left, strength, operator);
            } else {
                if (++chain > DEEPEST) {
                    throw source.problem("more than " + DEEPEST + " operators in a row", operator.position());
                }
                Value right = expression(strength == POWER ? strength : strength + 1);
                left = binary(left, word, right, operator, start);
                left = negated ? new Value.Truth(Negation.of(truth(left, operator.position()))) : left;
            }
        }
        if (least == 0) {
            left = conditional(left, start);
        }
        depth--;
        return left;
    }

    private Value binary(Value left, String operator, Value right, Token token, int start) {
        if (operator.equals("??")) {
            return left instanceof Value.Nil ? right : left;
        }
        return guarded(
                () -> operators.apply(left, operator, right, token.position(), textFrom(start)), token.position());
    }

    /** All operands of a row of the same logical operator. */
    private Value logical(Value first, int strength, Token operator) {
        List<Condition> parts = new ArrayList<>();
        parts.add(truth(first, operator.position()));
        parts.add(truth(expression(strength + 1), operator.position()));
        while (STRENGTHS.getOrDefault(token().text(), -1) == strength && token().kind() != Token.Kind.TEXT) {
            Token next = token();
            at++;
            count(1);
            parts.add(truth(expression(strength + 1), next.position()));
        }
        return new Value.Truth(strength == LOGICAL_OR ? AnyOf.of(parts) : AllOf.of(parts));
    }

    private Condition truth(Value value, int position) {
        if (value instanceof Value.Truth truth) {
            return truth.condition();
        }
        throw source.problem("invalid operation: expected bool, but got " + value.type(), position);
    }

    private Value conditional(Value condition, int start) {
        int position = token().position();
        if (!accept("?")) {
            return condition;
        }
        Condition asked = truth(condition, position);
        Value yes = expression(0);
        expect(":");
        Value no = expression(0);
        return operators.choose(asked, yes, no, position, textFrom(start));
    }

    private Value piped(Value left, int start) {
        Token name = token();
        if (name.kind() != Token.Kind.NAME) {
            throw unexpected();
        }
        at++;
        List<Value> first = new ArrayList<>();
        first.add(left);
        return postfix(call(name, first, start));
    }

    private Value primary() {
        count(1);
        Token token = token();
        int start = token.position();
        if (accept("not") || accept("!")) {
            Value operand = expression(NOT);
            return new Value.Truth(Negation.of(truth(operand, start)));
        }
        if (accept("-")) {
            return number(Numbers::negate, expression(SIGN), start);
        }
        if (accept("+")) {
            return number(value -> value, expression(SIGN), start);
        }
        return postfix(simple(token));
    }

    private Value number(java.util.function.UnaryOperator<Value> operator, Value operand, int position) {
        if (!Numbers.isNumber(operand)) {
            throw source.problem("invalid operation: - (mismatched type " + operand.type() + ")", position);
        }
        return operator.apply(operand);
    }

    private Value simple(Token token) {
        if (token.kind() == Token.Kind.NUMBER) {
            at++;
            return guarded(() -> Numbers.parse(token.text()), token.position());
        }
        if (token.kind() == Token.Kind.TEXT) {
            at++;
            return Value.Text.constant(token.text());
        }
        if (token.kind() == Token.Kind.NAME) {
            at++;
            return named(token);
        }
        if (accept("(")) {
            Value value = sequence();
            expect(")");
            return value;
        }
        if (accept("[")) {
            return listing();
        }
        if (accept("#")) {
            if (elements.isEmpty()) {
                throw source.problem(
                        "unexpected token Operator(\"#\"): only predicates have elements", token.position());
            }
            return elements.getLast();
        }
        throw unexpected();
    }

    private Value listing() {
        List<Value> items = new ArrayList<>();
        while (!accept("]")) {
            if (!items.isEmpty()) {
                expect(",");
                if (accept("]")) {
                    break;
                }
            }
            items.add(expression(0));
        }
        return new Value.Listing(items);
    }

    private Value named(Token name) {
        switch (name.text()) {
            case "true" -> {
                return new Value.Truth(new Fixed(true));
            }
            case "false" -> {
                return new Value.Truth(new Fixed(false));
            }
            case "nil" -> {
                return new Value.Nil();
            }
            case "if" -> {
                return choice(name);
            }
            default -> {}
        }
        if (token().isOperator("(")) {
            return call(name, new ArrayList<>(), name.position());
        }
        Bound bound = names.get(name.text());
        if (bound != null) {
            count(bound.nodes);
            return bound.value;
        }
        return fields.find(name.text())
                .orElseThrow(() -> source.problem(
                        "unknown name " + name.text() + FieldScope.suggestion(fields.dataSource(), name.text()),
                        name.position()));
    }

    private Value choice(Token word) {
        Condition condition = truth(expression(0), word.position());
        expect("{");
        Value yes = sequence();
        expect("}");
        expect("else");
        Value no;
        Token next = token();
        if (accept("if")) {
            enter();
            no = choice(next);
            depth--;
        } else {
            expect("{");
            no = sequence();
            expect("}");
        }
        return operators.choose(condition, yes, no, word.position(), textFrom(word.position()));
    }

    private Value call(Token name, List<Value> arguments, int start) {
        expect("(");
        ArrayPredicates predicates = new ArrayPredicates(name.text());
        while (!accept(")")) {
            if (!arguments.isEmpty() && !tokens.get(at - 1).isOperator("(")) {
                expect(",");
            }
            if (arguments.size() == 1 && predicates.isOne()) {
                Value.Sequence sequence = predicates.over(arguments.getFirst(), source, start);
                arguments.set(0, sequence);
                arguments.add(predicate(sequence));
            } else {
                arguments.add(expression(0));
            }
        }
        String text = textFrom(start);
        return guarded(
                () -> predicates.isOne()
                        ? predicates.apply(arguments, text)
                        : functions.call(name.text(), arguments, text),
                name.position());
    }

    /** A condition about the element that {@code #} stands for. */
    private Value predicate(Value.Sequence sequence) {
        elements.add(sequence.element());
        boolean braces = accept("{");
        Value value = braces ? sequence() : expression(0);
        if (braces) {
            expect("}");
        }
        elements.removeLast();
        return value;
    }

    /** Members of what was read. */
    private Value postfix(Value read) {
        Value value = read;
        while (true) {
            Token token = token();
            if (accept(".") || accept("?.")) {
                Token name = token();
                if (name.kind() != Token.Kind.NAME) {
                    throw unexpected();
                }
                at++;
                value = member(value, name.text(), name.position());
            } else if (accept("[")) {
                Value index = expression(0);
                expect("]");
                value = member(value, constantText(index, token.position()), token.position());
            } else {
                return value;
            }
        }
    }

    private String constantText(Value index, int position) {
        if (index instanceof Value.Text text && text.constant().isPresent()) {
            return text.constant().get();
        }
        throw source.problem("cannot use " + index.type() + " to get an element", position);
    }

    private Value member(Value value, String name, int position) {
        Optional<Value> found =
                value instanceof Value.Group group ? fields.find(group.field(), name) : Optional.empty();
        return found.orElseThrow(() -> {
            String full = value instanceof Value.Group group ? group.field().fullName() + "." + name : name;
            return source.problem(
                    "type " + value.type() + " has no field " + name + FieldScope.suggestion(fields.dataSource(), full),
                    position);
        });
    }

    private String textFrom(int start) {
        int end = at > 0 ? tokens.get(at).position() : 0;
        return source.text().substring(start, Math.max(start, end)).strip();
    }

    @FunctionalInterface
    private interface Making {
        Value make();
    }

    /** What is wrong with a part is said with its place. */
    private Value guarded(Making making, int position) {
        try {
            return making.make();
        } catch (FilterException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw message.contains("\n | ") ? wrong : source.problem(message, position);
        }
    }
}
