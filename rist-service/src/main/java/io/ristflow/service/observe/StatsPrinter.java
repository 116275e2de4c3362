package io.ristflow.service.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code --stats-json}: librist's statistics documents, one a line, on standard error, as standard output may be the stream itself. */
@ApplicationScoped
public class StatsPrinter {
    private final Flows flows;
    private final Map<String, FlowSnapshot> before = new HashMap<>();
    private long beforeNs = System.nanoTime();

    @Inject
    public StatsPrinter(Flows flows) {
        this.flows = flows;
    }

    /** Prints every {@code seconds} seconds until the process ends. */
    public void start(int seconds) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ristflow-stats").factory());
        executor.scheduleAtFixedRate(this::print, seconds, seconds, TimeUnit.SECONDS);
    }

    private void print() {
        long nowNs = System.nanoTime();
        for (FlowSnapshot flow : flows.snapshots()) {
            FlowSnapshot previous = before.put(flow.name(), flow);
            for (ObjectNode document : LibristStatsJson.documents(previous, flow, nowNs - beforeNs)) System.err.println(document);
        }
        beforeNs = nowNs;
    }
}
