package io.ristflow.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The operator as a process of this machine, under the chart's ServiceAccount and with the chart's settings; it leads when the constructor returns. The installed one must be down. */
final class LocalOperator implements AutoCloseable {
    static final String ACCOUNT = "ristflow-operator";
    private static final Path PROGRAM = Installation.root().resolve("rist-operator/target/quarkus-app/quarkus-run.jar");

    private final Program program;

    /** @param apiServer where it finds the API server, such as an {@link ApiRecorder} */
    LocalOperator(Installation installation, KubernetesClient client, String apiServer) throws IOException {
        int port = freePort();
        program = new Program(command(installation, apiServer, token(client), port));
        try {
            awaitReady(port);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    String output() {
        return program.output();
    }

    /** The settings are those of the chart's Deployment; only where the API server is, is told. */
    private static List<String> command(Installation installation, String apiServer, String token, int port) {
        assertThat(PROGRAM).as("package the modules first").exists();
        List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=/usr/bin:/bin", "HOSTNAME=local-operator", "QUARKUS_HTTP_HOST=127.0.0.1", "QUARKUS_HTTP_PORT=" + port,
                "KUBERNETES_MASTER=" + apiServer, "KUBERNETES_AUTH_TOKEN=" + token, "KUBERNETES_TRYKUBECONFIG=false", "KUBERNETES_TRYSERVICEACCOUNT=false"));
        for (EnvVar setting : installation.deployment().get().getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv()) {
            if (setting.getName().equals("JDK_JAVA_OPTIONS")) continue;
            command.add(setting.getName() + "=" + (setting.getValueFrom() == null ? setting.getValue() : Installation.NAMESPACE));
        }
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", PROGRAM.toString()));
        return command;
    }

    private static String token(KubernetesClient client) {
        return client.serviceAccounts().inNamespace(Installation.NAMESPACE).withName(ACCOUNT).tokenRequest(new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
                .getStatus().getToken();
    }

    private static void awaitReady(int port) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready")).timeout(Duration.ofSeconds(2)).build();
        await("the operator is ready").atMost(Duration.ofSeconds(60)).ignoreExceptions()
                .until(() -> http.send(ready, HttpResponse.BodyHandlers.ofString()), answer -> answer.statusCode() == 200 && answer.body().contains("\"leading\": true"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
