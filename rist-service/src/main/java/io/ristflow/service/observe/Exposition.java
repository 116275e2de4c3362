package io.ristflow.service.observe;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.Collector.Type;
import io.ristflow.service.observe.MeterTable.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The samples of one scrape, gathered by family in the order of their first sample. A sample with the labels of an earlier one is left out: Prometheus refuses a whole scrape for one
 * duplicate, and two paths of a careless configuration may look alike.
 */
final class Exposition {
    private record Family(Meter<?> meter, List<Sample> samples, Set<List<String>> seen) {}

    private final Map<String, Family> families = new LinkedHashMap<>();

    void add(Meter<?> meter, double value, String... labelValues) {
        List<String> values = Arrays.stream(labelValues).map(v -> v == null ? "" : v).toList();
        Family family = families.computeIfAbsent(meter.name(), name -> new Family(meter, new ArrayList<>(), new HashSet<>()));
        if (family.seen.add(values)) family.samples.add(new Sample(meter.name(), meter.labels(), values, value));
    }

    List<MetricFamilySamples> families() {
        return families.values().stream().map(f -> family(f.meter, f.samples)).toList();
    }

    /** The client library knows a counter's family by the name without {@code _total} and puts it back on each sample. */
    static MetricFamilySamples family(Meter<?> meter, List<Sample> samples) {
        String name = meter.type() == Type.COUNTER ? meter.name().substring(0, meter.name().length() - "_total".length()) : meter.name();
        return new MetricFamilySamples(name, meter.unit(), meter.type(), meter.help(), samples);
    }
}
