package io.ristflow.service.admin;

import static io.restassured.RestAssured.delete;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.runtime.FlowRegistry;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(OutputsApiTest.Control.class)
class PathsApiTest {
    private static final String PATHS = "/api/v1/flows/studio/outputs/output-1/paths";

    @Inject
    FlowRegistry flows;

    @BeforeEach
    void aFlow() {
        flows.start(FlowSpecs.fromUrls("studio", List.of("test:?mbps=1"), List.of("rist://127.0.0.1:9?weight=2"), Resolver.SYSTEM));
    }

    @AfterEach
    void none() {
        flows.drain("studio");
    }

    @Test
    void pathComesIsWeighedAndGoes() {
        given().contentType("application/json").body("{\"name\": \"lte\", \"url\": \"rist://127.0.0.1:11?weight=5&recovery-priority=3\"}").post(PATHS).then().statusCode(201);
        get("/api/v1/flows/studio").then().body("outputs[0].rist.paths", hasSize(2)).body("outputs[0].rist.paths.leg", hasItem("lte")).body("outputs[0].rist.paths[1].weight", equalTo(5))
                .body("outputs[0].rist.paths[1].recoveryPriority", equalTo(3)).body("outputs[0].rist.paths[1].shareRatio", equalTo(1f));
        given().contentType("application/json").body("{\"weight\": 0}").put(PATHS + "/lte").then().statusCode(200);
        delete(PATHS + "/lte").then().statusCode(204);
        get("/api/v1/flows/studio").then().body("outputs[0].rist.paths", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            {"name": "a"} | 400 | name and url are wanted
            {"name": "a", "url": "rist://127.0.0.1"} | 400 | port: missing
            {"name": "a", "url": "udp://127.0.0.1:5"} | 400 | does not start with rist://
            {"name": "path-1", "url": "rist://127.0.0.1:11"} | 409 | path-1 is there already
            """)
    void whatCannotBeIsAProblemInWords(String json, int status, String detail) {
        given().contentType("application/json").body(json).post(PATHS).then().statusCode(status).contentType("application/problem+json").body("detail", containsString(detail));
    }

    @Test
    void whatIsNotThereIsNamed() {
        given().contentType("application/json").body("{\"weight\": 5}").put(PATHS + "/none").then().statusCode(404).body("detail", equalTo("output output-1 has no path named \"none\""));
        given().contentType("application/json").body("{\"weight\": 10001}").put(PATHS + "/path-1").then().statusCode(400).body("detail", equalTo("weight: 10001 is not in 0..10000"));
        delete(PATHS + "/none").then().statusCode(404);
        delete(PATHS + "/path-1").then().statusCode(409).body("detail", containsString("path-1 is the only path"));
        delete("/api/v1/flows/studio/outputs/none/paths/a").then().statusCode(404).body("detail", containsString("no RIST output named \"none\""));
    }
}
