package io.ristflow.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodApiTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Set<Integer> callers = ConcurrentHashMap.newKeySet();
    private final PodApi api = new PodApi(TIMEOUT);
    private HttpServer server;
    private volatile String flows = "[{\"name\":\"studio-a\",\"state\":\"RUNNING\"}]";
    private volatile String document = "{\"flows\":[{\"name\":\"studio-a\",\"generation\":7,\"state\":\"InForce\"}]}";
    private volatile int documentStatus = 200;

    @BeforeEach
    void aPod() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/flows", e -> answer(e, 200, flows));
        server.createContext("/api/v1/document", e -> answer(e, documentStatus, document));
        server.start();
    }

    @AfterEach
    void end() {
        over.countDown();
        api.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        callers.add(exchange.getRemoteAddress().getPort());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private MediaPod pod() {
        return pod(server.getAddress().getPort());
    }

    private static MediaPod pod(int port) {
        return new MediaPod("live", "studio-a", "studio-a-1", "uid-1", "127.0.0.1", port, "run", true);
    }

    @Test
    void aPodSaysHowItsFlowIsAndWhichDocumentItRuns() {
        PodReport report = api.ask(pod()).orElseThrow().report();
        assertThat(report.flow().state()).isEqualTo("RUNNING");
        assertThat(report.document().generation()).isEqualTo(7);
    }

    @Test
    void oneConnectionIsKeptForAllQuestions() {
        for (int i = 0; i < 20; i++) assertThat(api.ask(pod())).isPresent();
        assertThat(callers).hasSize(1);
    }

    @Test
    void aPodWithoutTheDocumentsInterfaceIsReadWithoutIt() {
        documentStatus = 404;
        assertThat(api.ask(pod()).orElseThrow().report().document()).isNull();
    }

    @Test
    void aPodThatIsNotThereIsNoException() {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(api.ask(pod(port))).isEmpty();
    }

    @Test
    void aPodThatErrsOrSaysNoJsonHasSaidNothing() {
        documentStatus = 500;
        assertThat(api.ask(pod())).isEmpty();
        documentStatus = 200;
        flows = "<html>";
        assertThat(api.ask(pod())).isEmpty();
    }

    @Test
    void aPodThatHangsInTheMiddleOfItsAnswerIsGivenUpInTime() {
        server.removeContext("/api/v1/flows");
        server.createContext("/api/v1/flows", e -> {
            e.sendResponseHeaders(200, 1000);
            e.getResponseBody().write('[');
            e.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            e.close();
        });
        long began = System.nanoTime();
        assertThat(api.ask(pod())).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TIMEOUT.multipliedBy(6));
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() {
        flows = "[" + " ".repeat(PodApi.MAX_ANSWER_BYTES) + "]";
        assertThat(api.ask(pod())).isEmpty();
    }

    @Test
    void anAddressThatIsNoneIsNoException() {
        assertThat(api.ask(new MediaPod("live", "studio-a", "p", "u", "not an address", 80, "run", true))).isEmpty();
    }
}
