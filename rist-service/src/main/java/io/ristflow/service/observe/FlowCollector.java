package io.ristflow.service.observe;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.runtime.StartupEvent;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the flows' metrics beside the JVM's on {@code /metrics}. Values are read when Prometheus asks; between two scrapes nothing is kept and nothing costs. */
@ApplicationScoped
public class FlowCollector {
    private final Flows flows;
    private final Sampler sampler;
    private final String version;

    @Inject
    public FlowCollector(Flows flows, Sampler sampler, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.flows = flows;
        this.sampler = sampler;
        this.version = version;
    }

    void register(@Observes StartupEvent event, PrometheusMeterRegistry registry) {
        registry.getPrometheusRegistry().register(new FromFlows());
    }

    /** Every metric there can be, librist's first. */
    static Stream<MeterTable.Meter<?>> all() {
        return Stream.concat(LibristMeters.all(), FlowMeters.all());
    }

    List<Collector.MetricFamilySamples> collect() {
        Exposition out = new Exposition();
        List<FlowSnapshot> snapshots = flows.snapshots();
        for (FlowSnapshot flow : snapshots) LibristMeters.collect(flow, out);
        FlowMeters.collectProcess(version, flows.transport(), out);
        for (FlowSnapshot flow : snapshots) FlowMeters.collect(flow, sampler.interval(flow.name()).orElse(null), out);
        return out.families();
    }

    private final class FromFlows extends Collector implements Collector.Describable {
        @Override
        public List<MetricFamilySamples> collect() {
            return FlowCollector.this.collect();
        }

        /** Told at registration, so that another metric of the same name is refused there and not by Prometheus at night. */
        @Override
        public List<MetricFamilySamples> describe() {
            return all().map(meter -> Exposition.family(meter, List.of())).toList();
        }
    }
}
