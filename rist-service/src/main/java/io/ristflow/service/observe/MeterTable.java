package io.ristflow.service.observe;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Metrics that share their labels and what they are read from: one row per metric, a name, a unit, a sentence of help and how to read it.
 *
 * @param <T> what the values are read from
 */
final class MeterTable<T> {
    /** One metric. {@code name} is the exposed one, so a counter's ends in {@code _total}. {@code unit} is its suffix, empty if it has none. */
    record Meter<T>(String name, Collector.Type type, String unit, String help, List<String> labels, ToDoubleFunction<T> value) {}

    private final List<String> labels;
    private final List<Meter<T>> meters = new ArrayList<>();

    MeterTable(String... labels) {
        this.labels = List.of(labels);
    }

    MeterTable<T> gauge(String name, String unit, String help, ToDoubleFunction<T> value) {
        meters.add(new Meter<>(name, Collector.Type.GAUGE, unit, help, labels, value));
        return this;
    }

    MeterTable<T> counter(String name, String unit, String help, ToDoubleFunction<T> value) {
        if (!name.endsWith("_total")) throw new IllegalArgumentException(name + " is a counter, so its name must end in _total");
        meters.add(new Meter<>(name, Collector.Type.COUNTER, unit, help, labels, value));
        return this;
    }

    List<Meter<T>> meters() {
        return meters;
    }

    /** One sample of each row. {@code labelValues} in the order of the labels; a null is shown as an empty value. */
    void collect(T subject, Exposition out, String... labelValues) {
        if (labelValues.length != labels.size()) throw new IllegalArgumentException(labels + " are not " + labelValues.length + " values");
        for (Meter<T> meter : meters) out.add(meter, meter.value().applyAsDouble(subject), labelValues);
    }
}
