// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A path into a tree, such as {@code .layers[0].annotations["a.b"]}: members, indexes, wildcards, recursive descent, slices, unions, and filters with
 * equality tests. The root is implied, and may be written as {@code $}.
 */
final class JsonPath {
    private final String text;
    private final String path;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    private JsonPath(String text) {
        this.text = text;
        this.path = text.startsWith("$") ? text.substring(1) : text;
        while (at < path.length()) {
            steps.add(step());
        }
        if (steps.isEmpty()) {
            throw malformed("unexpected end of path");
        }
    }

    /**
     * Evaluates a path.
     *
     * @return what is there; an array for paths that may lead to several places
     * @throws CliException when the path is malformed or leads nowhere
     */
    static Object evaluate(String path, Object tree) {
        return new JsonPath(path).run(tree);
    }

    private Object run(Object tree) {
        List<Object> current = List.of(tree);
        boolean several = false;
        for (Step step : steps) {
            List<Object> next = new ArrayList<>();
            boolean strict = !several;
            for (Object value : current) {
                step.select(value, strict, next);
            }
            several |= step.several();
            current = next;
        }
        return several ? current : current.getFirst();
    }

    private CliException malformed(String what) {
        return new CliException("resolving path \"" + text + "\": parsing error: " + text + "\t:1:" + (at + 2) + " - 1:"
                + (at + 3) + " " + what);
    }

    private CliException nowhere(String what) {
        return new CliException("resolving path \"" + text + "\": " + what);
    }

    private sealed interface Step {
        /** Whether it may lead to several places. */
        boolean several();

        /**
         * Adds what a value has there.
         *
         * @param strict whether it is an error to find nothing
         */
        void select(Object value, boolean strict, List<Object> found);
    }

    private Step step() {
        char c = path.charAt(at++);
        if (c == '[') {
            return bracket();
        }
        if (c != '.') {
            at--;
            throw malformed("unexpected \"" + path.substring(at) + "\" while scanning operator");
        }
        boolean descend = peek('.');
        if (peek('*')) {
            return descend ? new Descend(new Wildcard()) : new Wildcard();
        }
        if (descend && peek('[')) {
            return new Descend(bracket());
        }
        Member member = new Member(name());
        return descend ? new Descend(member) : member;
    }

    private boolean peek(char c) {
        boolean is = at < path.length() && path.charAt(at) == c;
        at += is ? 1 : 0;
        return is;
    }

    private String name() {
        int start = at;
        while (at < path.length() && (Character.isUnicodeIdentifierPart(path.charAt(at)) || path.charAt(at) == '$')) {
            at++;
        }
        if (start == at) {
            throw malformed("unexpected end of name");
        }
        return path.substring(start, at);
    }

    private Step bracket() {
        skipBlanks();
        if (peek('*')) {
            expect(']');
            return new Wildcard();
        }
        if (peek('?')) {
            expect('(');
            Filter filter = filter();
            expect(')');
            expect(']');
            return filter;
        }
        List<Step> choices = new ArrayList<>();
        do {
            choices.add(choice());
            skipBlanks();
        } while (peek(','));
        expect(']');
        return choices.size() == 1 ? choices.getFirst() : new Union(choices);
    }

    private void skipBlanks() {
        while (at < path.length() && path.charAt(at) == ' ') {
            at++;
        }
    }

    private void expect(char c) {
        skipBlanks();
        if (!peek(c)) {
            throw malformed("expected '" + c + "'");
        }
    }

    private Step choice() {
        skipBlanks();
        if (at < path.length() && (path.charAt(at) == '"' || path.charAt(at) == '\'')) {
            return new Member(quoted());
        }
        Long first = optionalNumber();
        skipBlanks();
        if (!peek(':')) {
            if (first == null) {
                throw malformed("expected an index or a quoted name");
            }
            return new Index(first);
        }
        Long end = optionalNumber();
        Long step = peek(':') ? optionalNumber() : null;
        return new Slice(first, end, step == null ? 1 : step);
    }

    private @Nullable Long optionalNumber() {
        skipBlanks();
        int start = at;
        if (at < path.length() && path.charAt(at) == '-') {
            at++;
        }
        while (at < path.length() && Character.isDigit(path.charAt(at))) {
            at++;
        }
        String digits = path.substring(start, at);
        if (digits.isEmpty()) {
            return null;
        }
        if (digits.equals("-") || digits.length() > 10) {
            throw malformed("\"" + digits + "\" is no index");
        }
        return Long.parseLong(digits);
    }

    private String quoted() {
        char quote = path.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (at < path.length() && path.charAt(at) != quote) {
            if (path.charAt(at) == '\\' && at + 1 < path.length()) {
                at++;
            }
            name.append(path.charAt(at++));
        }
        if (!peek(quote)) {
            throw malformed("the quotation has no end");
        }
        return name.toString();
    }

    /** {@code @.name == value}, possibly of several members; or {@code @.name} alone, for what has such a member. */
    private Filter filter() {
        skipBlanks();
        if (!peek('@')) {
            throw malformed("expected '@'");
        }
        List<String> names = new ArrayList<>();
        while (at < path.length() && (path.charAt(at) == '.' || path.charAt(at) == '[')) {
            if (peek('[')) {
                names.add(quoted());
                expect(']');
            } else {
                at++;
                names.add(name());
            }
        }
        skipBlanks();
        boolean equal = path.startsWith("==", at);
        boolean unequal = path.startsWith("!=", at);
        if (!equal && !unequal) {
            return new Filter(names, false, null);
        }
        at += 2;
        skipBlanks();
        return new Filter(names, unequal, literal());
    }

    private Object literal() {
        if (at < path.length() && (path.charAt(at) == '"' || path.charAt(at) == '\'')) {
            return quoted();
        }
        int start = at;
        while (at < path.length() && path.charAt(at) != ')' && path.charAt(at) != ' ') {
            at++;
        }
        String word = path.substring(start, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> Json.NULL;
            default -> number(word);
        };
    }

    private Object number(String word) {
        try {
            return Double.valueOf(word);
        } catch (NumberFormatException none) {
            throw malformed("\"" + word + "\" is no value to compare with");
        }
    }

    private static List<Object> children(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(new TreeMap<>(map).values());
        }
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    private final class Member implements Step {
        private final String name;

        Member(String name) {
            this.name = name;
        }

        @Override
        public boolean several() {
            return false;
        }

        @Override
        public void select(Object value, boolean strict, List<Object> found) {
            Object member = value instanceof Map<?, ?> map ? map.get(name) : null;
            if (member != null) {
                found.add(member);
            } else if (strict) {
                throw nowhere(
                        value instanceof Map<?, ?>
                                ? "unknown key " + name
                                : "unsupported value type for select, expected a map or an array");
            }
        }
    }

    private final class Index implements Step {
        private final long index;

        Index(long index) {
            this.index = index;
        }

        @Override
        public boolean several() {
            return false;
        }

        @Override
        public void select(Object value, boolean strict, List<Object> found) {
            if (value instanceof List<?> list && index >= 0 && index < list.size()) {
                found.add(list.get((int) index));
            } else if (strict) {
                throw nowhere(value instanceof List<?> ? "index " + index + " out of bounds" : "unknown key " + index);
            }
        }
    }

    private static final class Wildcard implements Step {
        @Override
        public boolean several() {
            return true;
        }

        @Override
        public void select(Object value, boolean strict, List<Object> found) {
            found.addAll(children(value));
        }
    }

    private static final class Union implements Step {
        private final List<Step> choices;

        Union(List<Step> choices) {
            this.choices = choices;
        }

        @Override
        public boolean several() {
            return true;
        }

        @Override
        public void select(Object value, boolean strict, List<Object> found) {
            for (Step choice : choices) {
                choice.select(value, false, found);
            }
        }
    }

    private static final class Descend implements Step {
        private final Step target;

        Descend(Step target) {
            this.target = target;
        }

        @Override
        public boolean several() {
            return true;
        }

        @Override
        public void select(Object value, boolean strict, List<Object> found) {
            target.select(value, false, found);
            for (Object child : children(value)) {
                select(child, false, found);
            }
        }
    }

    private static final class Slice implements Step {
        private final @Nullable Long from;
        private final @Nullable Long to;
        private final long step;

        Slice(@Nullable Long from, @Nullable Long to, long step) {
            this.from = from;
            this.to = to;
            this.step = step;
        }

        @Override
        public boolean several() {
            return true;
        }

        @Override
        public void select(Object value, boolean strict, List<Object> found) {
            if (!(value instanceof List<?> list) || step == 0) {
                return;
            }
            int size = list.size();
            if (step > 0) {
                for (long i = bound(from, 0, size); i < bound(to, size, size); i += step) {
                    found.add(list.get((int) i));
                }
            } else {
                for (long i = Math.min(bound(from, size - 1L, size), size - 1L);
                        i > (to == null ? -1 : bound(to, 0, size));
                        i += step) {
                    found.add(list.get((int) i));
                }
            }
        }

        private static long bound(@Nullable Long given, long otherwise, int size) {
            if (given == null) {
                return otherwise;
            }
            return Math.clamp(given < 0 ? given + size : given, 0L, size);
        }
    }

    private static final class Filter implements Step {
        private final List<String> names;
        private final boolean unequal;
        private final @Nullable Object wanted;

        Filter(List<String> names, boolean unequal, @Nullable Object wanted) {
            this.names = names;
            this.unequal = unequal;
            this.wanted = wanted;
        }

        @Override
        public boolean several() {
            return true;
        }

        @Override
        public void select(Object value, boolean strict, List<Object> found) {
            for (Object child : children(value)) {
                if (fits(child)) {
                    found.add(child);
                }
            }
        }

        private boolean fits(Object child) {
            Object member = child;
            for (String name : names) {
                Object next = member instanceof Map<?, ?> map ? map.get(name) : null;
                if (next == null) {
                    return false;
                }
                member = next;
            }
            if (wanted == null) {
                return !Boolean.FALSE.equals(member);
            }
            Object compared = member instanceof Number number ? (Object) number.doubleValue() : member;
            return wanted.equals(compared) != unequal;
        }
    }
}
