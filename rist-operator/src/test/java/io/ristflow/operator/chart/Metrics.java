package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What media pods and the operator expose, by the tables of the documents. */
final class Metrics {
    /** @param type counter or gauge: histograms and summaries are made of these */
    record Metric(String type, Set<String> labels) {}

    /** What Prometheus itself gives a series: by the ServiceMonitors, or by the scrape configuration of docs/operations.md. */
    private static final Set<String> OF_THE_TARGET = Set.of("namespace", "pod", "job", "instance", "container", "service", "endpoint");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (counter|gauge|histogram|summary) \\|([^|]*)\\|");

    private final Map<String, Metric> metrics = new HashMap<>();

    Metrics(List<String> documents) {
        for (String document : documents) {
            Matcher row = ROW.matcher(Chart.read(Chart.ROOT.resolve(document)));
            int before = metrics.size();
            while (row.find()) {
                Set<String> labels = new TreeSet<>(List.of(row.group(3).strip().split(", *")));
                if (row.group(2).matches("histogram|summary")) {
                    for (String part : row.group(2).equals("summary") ? List.of("_count", "_sum") : List.of("_bucket", "_count", "_sum")) metrics.put(row.group(1) + part, new Metric("counter", with(labels, "le")));
                    metrics.put(row.group(1) + "_max", new Metric("gauge", labels));
                } else {
                    metrics.put(row.group(1), new Metric(row.group(2), labels));
                }
            }
            assertThat(metrics.size()).as(document).isGreaterThan(before);
        }
        metrics.put("up", new Metric("gauge", Set.of()));
    }

    /** Of media pods and of the operator. */
    static Metrics all() {
        return new Metrics(List.of("docs/metrics.md", "docs/operations.md"));
    }

    /** What a query asks for that there is not: a metric, a label of it, a counter's bare value or a gauge's rate; empty if all is well. */
    String wrong(PromQl.Use use) {
        Metric metric = metrics.get(use.metric());
        if (metric == null) return "no metric " + use.metric();
        Set<String> labels = new TreeSet<>(use.matched());
        labels.addAll(use.grouped());
        labels.removeAll(metric.labels());
        labels.removeAll(OF_THE_TARGET);
        if (!labels.isEmpty()) return use.metric() + " has no label " + labels;
        boolean ofCounters = Set.of("rate", "irate", "increase").contains(use.function());
        if (metric.type().equals("counter") != ofCounters) return use.metric() + " is a " + metric.type() + ", and is given to " + (use.function().isEmpty() ? "nothing" : use.function());
        return "";
    }

    boolean has(String name) {
        return metrics.containsKey(name);
    }

    private static Set<String> with(Set<String> labels, String further) {
        Set<String> all = new TreeSet<>(labels);
        all.add(further);
        return all;
    }
}
