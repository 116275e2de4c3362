package io.ristflow.service.admin;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.runtime.FlowRegistry;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OutputsApiTest.Control.class)
class KeysApiTest {
    @Inject
    FlowRegistry flows;

    @BeforeEach
    void aFlow() {
        flows.start(FlowSpecs.fromUrls("keyed", List.of("test:?mbps=1"), List.of("rist://127.0.0.1:9?secret=hunter2&secret-odd=hunter3&aes-type=128", "rist://127.0.0.1:9?secret=hunter2", "null:"), Resolver.SYSTEM));
    }

    @AfterEach
    void none() {
        flows.drain("keyed");
    }

    private static ValidatableResponse change(String flow, String json) {
        return given().contentType("application/json").body(json).post("/api/v1/flows/" + flow + "/keys/switch").then();
    }

    private static void untilInForce(String passphrase) {
        Awaitility.await().atMost(Duration.ofSeconds(6)).untilAsserted(
                () -> get("/api/v1/flows/keyed").then().body("outputs[0].rist.keys[0].inForce", equalTo(passphrase)).body("outputs[0].rist.keys[0].changing", equalTo(false)));
    }

    @Test
    void keysAreShownWithoutTheirSecrets() {
        Awaitility.await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> get("/api/v1/flows/keyed/keys").then()
                .statusCode(200)
                .body("$", hasSize(2))
                .body("[0].endpoint", equalTo("output-1"))
                .body("[0].aesBits", equalTo(128))
                .body("[0].twoPassphrases", equalTo(true))
                .body("[0].inForce", equalTo("even"))
                .body("[0].nonces", equalTo(1))
                .body("[1].aesBits", equalTo(256))
                .body("[1].twoPassphrases", equalTo(false)));
        get("/api/v1/flows").then().body(not(containsString("hunter")));
        get("/metrics").then().body(containsString("ristflow_key_passphrase_in_force{flow=\"keyed\",direction=\"output\",endpoint=\"output-1\",path=\"\",passphrase=\"even\",} 1.0"));
    }

    @Test
    void passphraseInForceIsChanged() {
        change("keyed", "{}").statusCode(202).body("$", hasSize(1)).body("[0].endpoint", equalTo("output-1"));
        untilInForce("odd");
        change("keyed", "{\"passphrase\": \"odd\", \"endpoint\": \"output-1\"}").statusCode(202).body("[0].inForce", equalTo("odd")).body("[0].changing", equalTo(false));
        change("keyed", "{\"passphrase\": \"even\"}").statusCode(202).body("[0].changing", equalTo(true));
        untilInForce("even");
    }

    @Test
    void whatCannotBeDoneIsAProblem() {
        change("keyed", "{\"passphrase\": \"hunter2\"}").statusCode(400).body("detail", equalTo("passphrase: not one of even, odd"));
        change("keyed", "{\"endpoint\": \"output-2\"}").statusCode(409).body("detail", containsString("nextSecretRef"));
        change("keyed", "{\"endpoint\": \"output-9\"}").statusCode(409).body("title", equalTo("No second passphrase"));
        change("nope", "{}").statusCode(404).body("detail", containsString("there is keyed"));
        given().post("/api/v1/flows/keyed/keys/switch").then().statusCode(not(equalTo(202)));
        given().contentType("text/plain").body("{}").post("/api/v1/flows/keyed/keys/switch").then().statusCode(415);
    }
}
