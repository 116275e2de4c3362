package io.ristflow.service.admin;

import static io.restassured.RestAssured.delete;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.runtime.FlowRegistry;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(OutputsApiTest.Control.class)
class OutputsApiTest {
    public static final class Control implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ristflow.http.control", "true");
        }
    }

    @Inject
    FlowRegistry flows;

    @BeforeEach
    void aFlow() {
        flows.start(FlowSpecs.fromUrls("studio", List.of("test:?mbps=1"), List.of("null:"), Resolver.SYSTEM));
    }

    @AfterEach
    void none() {
        flows.drain("studio");
    }

    private static ValidatableResponse add(String flow, String json) {
        return given().contentType("application/json").body(json).post("/api/v1/flows/" + flow + "/outputs").then();
    }

    @Test
    void outputComesAndGoesAndItsSecretIsNotShown() {
        add("studio", "{\"name\": \"affiliate\", \"url\": \"rist://127.0.0.1:9?secret=hunter2\"}").statusCode(201).body("outputs.name", hasItem("affiliate")).body("outputs[1].url", equalTo("rist://127.0.0.1:9?secret=***"));
        get("/api/v1/flows/studio").then().body("outputs", hasSize(2)).body("outputs[1].rist.profile", equalTo("advanced"));
        delete("/api/v1/flows/studio/outputs/affiliate").then().statusCode(204);
        get("/api/v1/flows/studio").then().body("outputs", hasSize(1)).body("state", equalTo("RUNNING"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            {"name": "a"} | 400 | name and url are wanted
            {"name": "A B", "url": "null:"} | 400 | name: "A B" is not a name
            {"name": "a", "url": "rist://127.0.0.1:9?secret=hunter2&bufer=5"} | 400 | bufer: not a parameter of rist://
            {"name": "a", "url": "file:take.ts"} | 400 | files and pipes of this machine are not written
            {"name": "a", "url": "-"} | 400 | files and pipes of this machine are not written
            {"name": "output-1", "url": "null:"} | 409 | output-1 is the name of another output
            """)
    void whatCannotBeIsAProblemInWords(String json, int status, String detail) {
        add("studio", json).statusCode(status).contentType("application/problem+json").body("detail", containsString(detail)).body("detail", not(containsString("hunter2")));
    }

    @Test
    void whatIsNotThereIsNamedAndTheLastOutputStays() {
        add("nope", "{\"name\": \"a\", \"url\": \"null:\"}").statusCode(404).body("detail", containsString("no flow is named \"nope\""));
        delete("/api/v1/flows/nope/outputs/a").then().statusCode(404);
        delete("/api/v1/flows/studio/outputs/a").then().statusCode(404).body("detail", equalTo("flow studio has no output named \"a\"; there are output-1"));
        delete("/api/v1/flows/studio/outputs/output-1").then().statusCode(409).body("detail", containsString("output-1 is the only output"));
    }

    @Test
    void aFormFromAnotherSiteIsNotTaken() {
        given().contentType("text/plain").body("{\"name\": \"a\", \"url\": \"null:\"}").post("/api/v1/flows/studio/outputs").then().statusCode(415);
    }
}
