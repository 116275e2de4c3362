package io.ristflow.service.interop;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.runtime.FlowRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A flow of ours in this process, from the URLs that {@code ./rist run} would be given. */
final class OurEnd implements End {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Map<String, OurEnd> RUNNING = new ConcurrentHashMap<>();

    /** One host for all rows, as in the program. */
    private static final class Host {
        static final FlowRegistry FLOWS = new FlowRegistry(
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true)), (flow, endpoint, remote, event) -> RUNNING.get(flow).heard(endpoint, remote, event));
    }

    private final String name = "interop-" + NAMES.incrementAndGet();
    private final List<String> log = new ArrayList<>();

    static OurEnd start(String inputUrl, String outputUrl) {
        OurEnd end = new OurEnd();
        RUNNING.put(end.name, end);
        Host.FLOWS.start(FlowSpecs.fromUrls(end.name, List.of(inputUrl), List.of(outputUrl), Resolver.SYSTEM));
        return end;
    }

    /** Goes over to the other of two passphrases. */
    void changePassphrase() {
        Host.FLOWS.usePassphrase(name, null, null);
    }

    private void heard(String endpoint, String remote, SessionEvent event) {
        String reason = event instanceof SessionEvent.FaultRaised raised ? raised.fault().reason() + " " : "";
        synchronized (log) {
            log.add(endpoint + " " + remote + " " + reason + event);
            log.notifyAll();
        }
    }

    @Override
    public boolean awaitReason(String reason, long timeoutMs) throws InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        synchronized (log) {
            while (log.stream().noneMatch(line -> line.contains(" " + reason + " "))) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
                if (leftMs <= 0) return false;
                log.wait(leftMs);
            }
            return true;
        }
    }

    @Override
    public String log() {
        synchronized (log) {
            return String.join("\n", log) + Host.FLOWS.snapshot(name).map(s -> "\n" + s).orElse("");
        }
    }

    @Override
    public void close() {
        Host.FLOWS.drain(name);
    }
}
