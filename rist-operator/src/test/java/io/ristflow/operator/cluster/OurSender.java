package io.ristflow.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ristflow.operator.crd.v1alpha1.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** {@code ./rist run} as a sender outside the cluster. */
final class OurSender implements AutoCloseable {
    private final int http = Contribution.freePort();
    private final Program program;
    private final StreamSource source;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param parameters of the URL, such as {@code secret=x} */
    OurSender(Endpoint endpoint, String parameters, double mbps) {
        int input = Contribution.freePort();
        // Without the ahead-of-time cache: after a build the first start would train it first, for half a minute
        program = new Program(List.of("env", "RIST_NO_BUILD=1", "RIST_AOT=0", Installation.root().resolve("rist").toString(), "run", "-i", "udp://@127.0.0.1:" + input,
                "-o", "rist://" + endpoint.address() + ":" + endpoint.port() + "?" + parameters, "--http", "127.0.0.1:" + http, "--http-control"));
        source = new StreamSource(input, mbps);
    }

    StreamSource source() {
        return source;
    }

    String log() {
        return program.output();
    }

    /** The passphrase that is not in force comes into force. */
    void changePassphrase() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(keys("/switch")).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) throw new AssertionError(response.statusCode() + ": " + response.body());
    }

    /** even or odd. */
    String passphraseInForce() throws IOException, InterruptedException {
        JsonNode keys = new ObjectMapper().readTree(client.send(HttpRequest.newBuilder(keys("")).build(), HttpResponse.BodyHandlers.ofString()).body());
        return keys.findPath("inForce").asText();
    }

    private URI keys(String below) {
        return URI.create("http://127.0.0.1:" + http + "/api/v1/flows/flow/keys" + below);
    }

    @Override
    public void close() {
        source.close();
        program.close();
        client.close();
    }
}
