package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.ristflow.core.api.PathStats;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.InputView;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what librist 0.2.20 itself exposes, captured. */
class LibristMetersTest {
    @ParameterizedTest
    @ValueSource(strings = {"receiver", "sender"})
    void everyFamilyOfLibristHasItsNameTypeUnitHelpAndLabels(String role) throws IOException {
        ExpositionText theirs = ExpositionText.resource("/librist-0.2.20/" + role + ".metrics");
        ExpositionText ours = ExpositionText.parse(openMetrics(Snapshots.studio(0)));
        assertThat(theirs.families).hasSizeGreaterThan(10);
        theirs.families.forEach((name, family) -> {
            ExpositionText.Family same = ours.families.get(name);
            assertThat(same).as(name).isNotNull();
            assertThat(same.type).as(name).isEqualTo(family.type);
            assertThat(same.help).as(name).isEqualTo(family.help);
            // OpenMetrics forbids a unit that is no suffix of the name.
            if (!name.equals("rist_sender_peer_rtt_muted")) assertThat(same.unit).as(name).isEqualTo(family.unit);
            family.labels.forEach((sample, labels) -> {
                if (sample.endsWith("_created")) return;
                List<String> expected = new ArrayList<>(labels);
                expected.add("flow");
                expected.add(role.equals("receiver") ? "input" : "output");
                assertThat(same.labels.get(sample)).as(sample).isEqualTo(expected);
            });
        });
    }

    @Test
    void nothingUnderLibristsNamesIsUnknownToLibrist() throws IOException {
        Set<String> theirs = ExpositionText.resource("/librist-0.2.20/receiver.metrics").names("rist_");
        theirs.addAll(ExpositionText.resource("/librist-0.2.20/sender.metrics").names("rist_"));
        assertThat(ExpositionText.parse(openMetrics(Snapshots.studio(0))).names("rist_")).isEqualTo(theirs);
    }

    /** One duplicate would cost the whole scrape. */
    @Test
    void pathsThatLookAlikeAreShownOnce() throws IOException {
        FlowSnapshot flow = Snapshots.studio(0);
        InputView input = flow.inputs().getFirst();
        var rist = input.rist();
        var path = Snapshots.path("fibre", "198.51.100.9:41210", Snapshots.received(0, PathStats.State.CONNECTED, 1, 1, 0));
        var twice = new FlowSnapshot.RistReceiverView(rist.profile(), true, rist.localAddress(), rist.stats(), List.of(path, path), rist.ports(), true, rist.activeFaults());
        var careless = new FlowSnapshot(1, "f", flow.state(), null, null, List.of(), List.of(new InputView("main", "rist://@:1", twice, null)), List.of());
        assertThat(ExpositionText.parse(openMetrics(careless)).families).containsKey("rist_receiver_peer_rtt_seconds");
    }

    static String openMetrics(FlowSnapshot... flows) throws IOException {
        Exposition out = new Exposition();
        for (FlowSnapshot flow : flows) LibristMeters.collect(flow, out);
        for (FlowSnapshot flow : flows) FlowMeters.collect(flow, null, out);
        CollectorRegistry registry = new CollectorRegistry();
        registry.register(new io.prometheus.client.Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                return out.families();
            }
        });
        StringWriter text = new StringWriter();
        TextFormat.writeOpenMetrics100(text, registry.metricFamilySamples());
        return text.toString();
    }
}
