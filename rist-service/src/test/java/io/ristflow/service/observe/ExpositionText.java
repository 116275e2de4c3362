package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reader of Prometheus' text format and of OpenMetrics: fails on what Prometheus would refuse. */
final class ExpositionText {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([^ ]+)(?: [^ ]+)?");
    private static final Pattern LABEL = Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    /** {@code name} as its # TYPE line has it. */
    static final class Family {
        String name;
        String type;
        String unit;
        String help;
        /** Label names in their order, by sample name. */
        final Map<String, List<String>> labels = new LinkedHashMap<>();
    }

    final Map<String, Family> families = new LinkedHashMap<>();
    /** "name{labels}" to value, as written. */
    final Map<String, String> samples = new LinkedHashMap<>();
    private Family current;

    static ExpositionText parse(String text) {
        ExpositionText parsed = new ExpositionText();
        for (String line : text.split("\n")) if (!line.isEmpty() && !line.equals("# EOF")) parsed.line(line);
        return parsed;
    }

    static ExpositionText resource(String name) throws IOException {
        try (InputStream in = ExpositionText.class.getResourceAsStream(name)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Families that have samples of these prefixes. */
    Set<String> names(String prefix) {
        Set<String> names = new HashSet<>();
        for (String name : families.keySet()) if (name.startsWith(prefix)) names.add(name);
        return names;
    }

    private void line(String line) {
        if (line.startsWith("# ")) {
            String[] words = line.split(" ", 4);
            family(words[2]);
            String rest = words.length > 3 ? words[3] : "";
            switch (words[1]) {
                case "TYPE" -> current.type = once(current.type, rest, line);
                case "HELP" -> current.help = once(current.help, rest, line);
                case "UNIT" -> current.unit = once(current.unit, rest, line);
                default -> throw new AssertionError("no such comment: " + line);
            }
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(current).as("a sample before any # TYPE: " + line).isNotNull();
        assertThat(sample.group(1)).as("a sample outside its family").startsWith(current.name);
        List<String> names = labels(sample.group(2), line);
        current.labels.putIfAbsent(sample.group(1), names);
        assertThat(samples.put(line.substring(0, line.length() - sample.group(3).length() - 1), sample.group(3))).as("twice: " + line).isNull();
        Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"));
    }

    private void family(String name) {
        if (current != null && current.name.equals(name)) return;
        assertThat(families).as("a family in two parts").doesNotContainKey(name);
        current = new Family();
        current.name = name;
        families.put(name, current);
    }

    private static String once(String before, String now, String line) {
        assertThat(before).as(line).isNull();
        return now;
    }

    private static List<String> labels(String text, String line) {
        if (text == null || text.isEmpty()) return List.of();
        List<String> names = new java.util.ArrayList<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find()) {
            names.add(label.group(1));
            end = label.end();
        }
        assertThat(end).as("labels of " + line).isEqualTo(text.length());
        assertThat(names).doesNotHaveDuplicates();
        return names;
    }
}
