package io.ristflow.operator.chart;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads PromQL as far as the chart's queries go: selectors, ranges, functions, aggregations, operators with matching. A query that Prometheus would refuse for its form or for a range where none may be
 * (or the other way round) is refused here, and what it asks of each metric is told.
 */
final class PromQl {
    /** A metric in a query: labels of its matchers, labels that are grouped or matched by around it, and the function that it is given to ("" if none). */
    record Use(String metric, Set<String> matched, Set<String> grouped, String function) {}

    private enum Type { NUMBER, TEXT, VECTOR, RANGE }

    private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "stddev", "quantile");
    private static final Set<String> OVER_RANGES = Set.of("rate", "irate", "increase", "delta", "changes", "resets", "max_over_time", "min_over_time", "avg_over_time", "sum_over_time", "last_over_time");
    private static final Set<String> OVER_VECTORS = Set.of("absent", "abs", "ceil", "floor", "round", "clamp_min", "clamp_max", "sort", "sort_desc", "vector", "scalar", "histogram_quantile", "time");
    /** From weakest to strongest. */
    private static final List<Set<String>> OPERATORS = List.of(Set.of("or"), Set.of("and", "unless"), Set.of("==", "!=", ">", "<", ">=", "<="), Set.of("+", "-"), Set.of("*", "/", "%"), Set.of("^"));
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:#[^\\n]*\\s*)*(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|[0-9]+(?:ms|[smhdwy])|[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?"
            + "|[a-zA-Z_][a-zA-Z0-9_]*|=~|!~|==|!=|>=|<=|[-+*/%^><=(){}\\[\\],:])(?:\\s*#[^\\n]*)*");

    private final String query;
    private final List<String> tokens = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();
    private int at;

    private PromQl(String query) {
        this.query = query;
        Matcher token = TOKEN.matcher(query);
        int end = 0;
        while (end < query.stripTrailing().length()) {
            if (!token.find(end) || token.start() != end) throw refused("cannot read what begins with \"" + query.substring(end).strip() + "\"");
            tokens.add(token.group(1));
            end = token.end();
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with the query */
    static List<Use> read(String query) {
        PromQl reader = new PromQl(query);
        Type type = reader.expression(0, "", Set.of());
        if (reader.at < reader.tokens.size()) throw reader.refused("expected no more before \"" + reader.peek() + "\"");
        if (type == Type.RANGE) throw reader.refused("a range is no result");
        return reader.uses;
    }

    private Type expression(int level, String function, Set<String> grouped) {
        if (level == OPERATORS.size()) return unary(function, grouped);
        int from = uses.size();
        Type left = expression(level + 1, function, grouped);
        while (OPERATORS.get(level).contains(peek())) {
            String operator = next();
            take("bool");
            if (take("on") || take("ignoring")) {
                Set<String> matching = labels();
                for (int i = from; i < uses.size(); i++) uses.get(i).grouped().addAll(matching);
                if ((take("group_left") || take("group_right")) && peek().equals("(")) labels();
                Set<String> both = new LinkedHashSet<>(grouped);
                both.addAll(matching);
                left = combined(operator, left, expression(level + 1, "", both));
            } else {
                left = combined(operator, left, expression(level + 1, "", grouped));
            }
        }
        return left;
    }

    private Type combined(String operator, Type left, Type right) {
        if (left == Type.RANGE || right == Type.RANGE || left == Type.TEXT || right == Type.TEXT) throw refused(operator + " takes neither ranges nor text");
        if (Set.of("and", "or", "unless").contains(operator) && (left == Type.NUMBER || right == Type.NUMBER)) throw refused(operator + " takes no number");
        return left == Type.NUMBER ? right : left;
    }

    private Type unary(String function, Set<String> grouped) {
        if (take("-") || take("+")) return unary(function, grouped);
        Type type = primary(function, grouped);
        if (peek().equals("[")) {
            next();
            duration();
            if (take(":")) {
                if (!peek().equals("]")) duration();
            } else if (!tokens.get(at - 3).equals("}") && !tokens.get(at - 3).matches("[a-zA-Z_]\\w*")) {
                throw refused("a range of what is no metric; a subquery has a colon");
            }
            expect("]");
            if (type != Type.VECTOR) throw refused("a range of what is no vector");
            type = Type.RANGE;
        }
        if (take("offset")) duration();
        return type;
    }

    private Type primary(String function, Set<String> grouped) {
        String token = next();
        if (token.equals("(")) {
            Type type = expression(0, function, grouped);
            expect(")");
            return type;
        }
        if (token.matches("[\"'].*")) return Type.TEXT;
        if (token.matches("[0-9.].*")) return Type.NUMBER;
        if (!token.matches("[a-zA-Z_].*")) throw refused("did not expect \"" + token + "\"");
        if (AGGREGATIONS.contains(token)) return aggregation(token, grouped);
        if (peek().equals("(")) return call(token, grouped);
        Set<String> matched = new LinkedHashSet<>();
        if (take("{")) {
            while (!take("}")) {
                matched.add(next());
                if (!Set.of("=", "!=", "=~", "!~").contains(next())) throw refused("no matcher");
                if (!next().matches("(?s)[\"'].*")) throw refused("a matcher's value is text");
                if (!peek().equals("}")) expect(",");
            }
        }
        uses.add(new Use(token, matched, new LinkedHashSet<>(grouped), function));
        return Type.VECTOR;
    }

    private Type aggregation(String name, Set<String> outer) {
        Set<String> grouped = new LinkedHashSet<>();
        boolean before = take("by") || take("without");
        if (before) grouped.addAll(labels());
        int from = uses.size();
        expect("(");
        if (Set.of("topk", "bottomk", "quantile").contains(name)) {
            expression(0, "", Set.of());
            expect(",");
        }
        if (expression(0, name, grouped) != Type.VECTOR) throw refused(name + " takes a vector");
        expect(")");
        if (!before && (take("by") || take("without"))) grouped.addAll(labels());
        for (int i = from; i < uses.size(); i++) uses.get(i).grouped().addAll(grouped);
        // what is not kept cannot be matched by further out
        for (String label : outer) if (!grouped.contains(label)) throw refused(label + " is gone after " + name);
        return Type.VECTOR;
    }

    private Type call(String name, Set<String> grouped) {
        boolean ranges = OVER_RANGES.contains(name);
        if (!ranges && !OVER_VECTORS.contains(name)) throw refused("unknown function " + name);
        expect("(");
        Type last = null;
        while (!take(")")) {
            last = expression(0, name, grouped);
            if (last != Type.NUMBER && (last == Type.RANGE) != ranges) throw refused(name + (ranges ? " takes a range" : " takes no range"));
            if (!peek().equals(")")) expect(",");
        }
        if (ranges && last == null) throw refused(name + " takes a range");
        return name.equals("scalar") || name.equals("time") ? Type.NUMBER : Type.VECTOR;
    }

    private Set<String> labels() {
        Set<String> labels = new LinkedHashSet<>();
        expect("(");
        while (!take(")")) {
            labels.add(next());
            if (!peek().equals(")")) expect(",");
        }
        return labels;
    }

    private void duration() {
        if (!next().matches("[0-9]+(ms|[smhdwy])")) throw refused("no duration");
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        if (at == tokens.size()) throw refused("ends too early");
        return tokens.get(at++);
    }

    private boolean take(String token) {
        if (!peek().equals(token)) return false;
        at++;
        return true;
    }

    private void expect(String token) {
        if (!take(token)) throw refused("expected " + token + " and found \"" + peek() + "\"");
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why + ": " + query);
    }
}
