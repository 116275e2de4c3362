package io.ristflow.service.bench;

import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.Manifests;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.runtime.FlowRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;

/** {@code rist run -i URL -o URL} and {@code rist run -f FILE} without the packaged program, which the tests of a module cannot have: real flows in a real process. */
final class EndMain {
    private EndMain() {}

    public static void main(String[] args) throws InterruptedException {
        List<String> line = List.of(args);
        FlowRegistry flows = new FlowRegistry(Vertx.vertx(new VertxOptions().setPreferNativeTransport(true)), (_, _, _, _) -> {});
        if (line.contains("-f")) flows.startAll(Manifests.read(Path.of(after("-f", line)), null).flows());
        else flows.start(FlowSpecs.fromUrls("end", List.of(after("-i", line)), List.of(after("-o", line)), Resolver.SYSTEM));
        Thread.currentThread().join();
    }

    private static String after(String option, List<String> line) {
        return line.get(line.indexOf(option) + 1);
    }
}
