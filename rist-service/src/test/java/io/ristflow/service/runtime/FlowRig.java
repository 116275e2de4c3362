package io.ristflow.service.runtime;

import static org.awaitility.Awaitility.await;

import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.InputPolicy;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.media.CheckerReport;
import io.ristflow.service.media.StreamChecker;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** A registry on a Vert.x of its own, flows from URLs ({@code check:} is an output here), and what their sessions told. */
final class FlowRig implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    record Told(String flow, String endpoint, String remote, SessionEvent event) {}

    record ToldOfInput(String flow, String input, InputEvent event) {}

    final Vertx vertx;
    final FlowRegistry flows;
    /** A flow in whose session events a defect of ours shows itself. */
    volatile String defect;
    final List<Told> told = new CopyOnWriteArrayList<>();
    final List<ToldOfInput> toldOfInputs = new CopyOnWriteArrayList<>();

    FlowRig() {
        this(2);
    }

    FlowRig(int loops) {
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops));
        flows = new FlowRegistry(vertx, new FlowEventListener() {
            @Override
            public void onEvent(String flow, String endpoint, String remote, SessionEvent event) {
                if (flow.equals(defect)) throw new AssertionError("a defect");
                told.add(new Told(flow, endpoint, remote, event));
            }

            @Override
            public void onInput(String flow, String input, InputEvent event) {
                toldOfInputs.add(new ToldOfInput(flow, input, event));
            }
        });
    }

    void start(String name, String input, String... outputs) {
        flows.start(spec(name, input, outputs));
    }

    /** Two inputs, named first and second. */
    void start(String name, String policy, List<String> inputs, String... outputs) {
        flows.start(new FlowSpec(name, List.of(new FlowSpec.Named("first", FlowSpecs.input(inputs.get(0), Resolver.SYSTEM)), new FlowSpec.Named("second", FlowSpecs.input(inputs.get(1), Resolver.SYSTEM))),
                spec(name, "test:", outputs).outputs(), InputPolicy.parse(policy)));
    }

    static FlowSpec spec(String name, String input, String... outputs) {
        List<FlowSpec.Named> outs = new ArrayList<>();
        for (String url : outputs) outs.add(output("out" + outs.size(), url));
        return new FlowSpec(name, List.of(new FlowSpec.Named("in", FlowSpecs.input(input, Resolver.SYSTEM))), outs);
    }

    static FlowSpec.Named output(String name, String url) {
        return new FlowSpec.Named(name, url.equals("check:") ? new Endpoint.Check(url) : FlowSpecs.output(url, Resolver.SYSTEM));
    }

    /** An even port whose neighbour is free as well. */
    static int freePort() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(5_000, 15_000) * 2;
            try (DatagramSocket media = new DatagramSocket(port, LOOPBACK); DatagramSocket control = new DatagramSocket(port + 1, LOOPBACK)) {
                return media.getLocalPort();
            } catch (IOException e) {
                // taken
            }
        }
        throw new IllegalStateException("no free ports");
    }

    FlowSnapshot snapshot(String name) {
        return flows.snapshot(name).orElseThrow();
    }

    CheckerReport report(String name, int output) {
        return flows.ofOutputs(name, outs -> ((StreamChecker) outs.get(output)).report()).orElseThrow();
    }

    boolean heard(Class<? extends SessionEvent> kind, String flow) {
        return told.stream().anyMatch(t -> t.flow().equals(flow) && kind.isInstance(t.event()));
    }

    static void until(String what, int seconds, BooleanSupplier condition) {
        await(what).atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(10)).pollDelay(Duration.ZERO).until(condition::getAsBoolean);
    }

    static int openFiles() {
        String[] files = new java.io.File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }

    @Override
    public void close() {
        flows.drainAll();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
