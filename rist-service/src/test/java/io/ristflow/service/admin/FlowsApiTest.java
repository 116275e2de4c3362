package io.ristflow.service.admin;

import static io.restassured.RestAssured.delete;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ristflow.service.observe.FakeFlows;
import io.ristflow.service.observe.FakeFlowsProfile;
import io.ristflow.service.observe.Sampler;
import io.ristflow.service.observe.Snapshots;
import io.ristflow.service.runtime.Flows.Transport;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFlowsProfile.class)
class FlowsApiTest {
    @Inject
    FakeFlows flows;

    @BeforeEach
    void twoFlows() {
        flows.are(Snapshots.studio(0), Snapshots.contribution(1000));
    }

    @AfterEach
    void none() {
        flows.are();
        flows.transport(new Transport(true, ""));
    }

    @Test
    void everyFlowIsListed() {
        get("/api/v1/flows").then().statusCode(200).body("name", contains("studio-a", "contribution"));
        assertThat(flows.askedOnEventLoop()).isFalse();
    }

    @Test
    void noFlowsAreAnEmptyList() {
        flows.are();
        get("/api/v1/flows").then().statusCode(200).body("$", hasSize(0));
    }

    @Test
    void aFlowIsShownWithUnitsAndFlowIdsAsUnsignedNumbers() {
        get("/api/v1/flows/studio-a")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("state", equalTo("RUNNING"))
                .body("startedAt", equalTo("2026-11-23T10:00:00Z"))
                .body("failure", nullValue())
                .body("payloadBitrateBps", equalTo(7_600_000))
                .body("inputs[0].rist.profile", equalTo("main"))
                .body("inputs[0].rist.rttMs", equalTo(24.0f))
                .body("inputs[0].state", equalTo("Receiving"))
                .body("inputs[0].loss.lostPackets", equalTo(106))
                .body("inputs[0].loss.recoveredPackets", equalTo(105))
                .body("inputs[0].loss.windowLostPercent", lessThan(11f))
                .body("inputs[0].loss.lostPercent", equalTo(10.6f))
                .body("inputs[0].rist.paths[0].user", equalTo("alice"))
                .body("inputs[0].rist.paths[1].user", nullValue())
                .body("inputs[0].rist.connections.now", equalTo(1))
                .body("inputs[0].rist.connections.connected", equalTo(811))
                .body("inputs[0].rist.connections.lost", equalTo(812))
                .body("inputs[0].rist.connections.authenticated", equalTo(813))
                .body("inputs[0].rist.connections.refused", equalTo(814))
                .body("inputs[0].rist.connections.lastLostAt", equalTo("2026-11-23T10:00:02Z"))
                .body("inputs[0].rist.connections.lastLostWhy", equalTo("said farewell"))
                .body("outputs[1].rist.connections.lastLostAt", nullValue())
                .body("outputs[0].state", equalTo("Sending"))
                .body("outputs[0].payloadBitrateBps", greaterThanOrEqualTo(0))
                .body("inputs[0].rist.activeFaults[0].leg", equalTo("fibre"))
                .body("inputs[0].rist.flows[0].flowId", equalTo(3_000_000_002L))
                .body("inputs[0].rist.flows[0].lostPackets", equalTo(106))
                .body("outputs[1].rist.targetBitrateBps", equalTo(4_640_000))
                .body("outputs[1].rist.webhook.failures", equalTo(707))
                .body("outputs[1].rist.outOfBand.droppedDatagrams", equalTo(705))
                .body("inputs[0].rist.outOfBand", nullValue())
                .body("inputs[0].rist.flows[0].recoveredPackets", equalTo(105))
                .body("inputs[0].rist.flows[0].qualityRatio", equalTo(0.995f))
                .body("inputs[0].rist.flows[0].bufferMs", equalTo(1000.0f))
                .body("inputs[0].rist.paths[1].remote", equalTo("203.0.113.7:50001"))
                .body("inputs[0].rist.paths[1].state", equalTo("SILENT"))
                .body("inputs[0].rist.activeFaults[0].reason", equalTo("AesSizeMismatch"))
                .body("inputs[0].rist.activeFaults[0].remote", equalTo("192.0.2.44:6000"))
                .body("inputs[0].rist.faults", hasItem(Map.of("reason", "AesSizeMismatch", "count", 77)))
                .body("inputs[0].rist.keys[0].inForce", equalTo("odd"))
                .body("inputs[0].rist.keys[0].nonceAgeSeconds", equalTo(12.5f))
                .body("inputs[0].rist.keys[0].path", nullValue())
                .body("inputs[0].media", nullValue())
                .body("outputs[0].media.droppedPackets", equalTo(11))
                .body("outputs[0].media.queuedPackets", equalTo(12))
                .body("outputs[1].rist.flowId", equalTo(3_000_000_002L))
                .body("outputs[1].rist.pushedPackets", equalTo(5001))
                .body("outputs[1].rist.paths[0].sentPackets", equalTo(901))
                .body("outputs[1].rist.paths[0].retransmittedPackets", equalTo(31))
                .body("outputs[1].rist.paths[0].rttMs", equalTo(30.25f))
                .body("outputs[1].rist.ports", hasSize(2))
                .body("outputs[1].rist.ports[0].kernelDrops", equalTo(2009));
    }

    @Test
    void twoInputsAreShownWithWhatIsMadeOfThem() {
        flows.are(Snapshots.merged(0), Snapshots.studio(0));
        get("/api/v1/flows/merged")
                .then()
                .statusCode(200)
                .body("inputs[0].active", equalTo(true))
                .body("inputs[1].active", equalTo(false))
                .body("join.mode", equalTo("merge"))
                .body("join.switches", equalTo(3))
                .body("join.lastSwitchAt", equalTo("2026-11-23T10:00:04Z"))
                .body("join.lastSwitchTo", equalTo("fibre"))
                .body("join.lastSwitchWhy", equalTo("lte is silent"))
                .body("inputs[0].loss", nullValue())
                .body("join.aligned", equalTo(false))
                .body("join.skewMs", equalTo(-12.5f))
                .body("join.holdMs", equalTo(17.5f))
                .body("join.lostPackets", equalTo(501))
                .body("join.inputs[1].name", equalTo("lte"))
                .body("join.inputs[1].usedPackets", equalTo(521))
                .body("join.inputs[1].missingPackets", equalTo(525));
        get("/api/v1/flows/studio-a").then().body("join", nullValue()).body("inputs[0].active", equalTo(true));
    }

    @Test
    void anUnknownFlowIsAProblemThatNamesTheKnownOnes() {
        for (String path : List.of("/api/v1/flows/nope", "/api/v1/flows/nope/stats")) {
            get(path).then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("status", equalTo(404))
                    .body("detail", equalTo("no flow is named \"nope\"; there are contribution, studio-a"))
                    .body("knownFlows", contains("contribution", "studio-a"));
        }
    }

    @Test
    void httpIsReadOnlyUnlessTheProcessWasStartedForMore() {
        given().contentType("application/json").body("{\"name\": \"a\", \"url\": \"null:\"}").post("/api/v1/flows/studio-a/outputs").then().statusCode(403).body("detail", containsString("--http-control"));
        delete("/api/v1/flows/studio-a/outputs/playout").then().statusCode(403);
    }

    @Test
    void withoutPermissionNoPassphraseIsChanged() {
        given().contentType("application/json").body("{}").post("/api/v1/flows/studio-a/keys/switch").then().statusCode(403).contentType("application/problem+json").body("detail", containsString("--http-control"));
    }

    @Inject
    Sampler sampler;

    @Test
    void statisticsAreLibristsDocumentsInItsOrder() {
        get("/api/v1/flows/studio-a/stats")
                .then()
                .statusCode(200)
                .body("$", hasSize(3))
                .body("[0].schema_version", equalTo(5))
                .body("[0].'receiver-stats'.flowinstant.flow_id", equalTo(3_000_000_002L))
                .body("[1].flow_cumulative_stats", hasEntry("lost", 106))
                .body("[2].'sender-stats'.peers[0].cname", equalTo("gateway"));
        assertThat(sampler.interval("no-such-flow")).isEmpty();
    }

    @Test
    void theVersionTellsTheTransport() {
        flows.transport(new Transport(false, "no epoll on this system"));
        get("/api/v1/version")
                .then()
                .statusCode(200)
                .body("name", equalTo("ristflow"))
                .body("version", notNullValue())
                .body("java", containsString("25"))
                .body("transport", equalTo("portable"))
                .body("transportReason", equalTo("no epoll on this system"));
    }

    @Test
    void everyPropertyAndOperationOfTheApiIsDescribed() throws IOException {
        JsonNode document = new ObjectMapper().readTree(get("/q/openapi?format=json").then().statusCode(200).extract().asString());
        assertThat(document.at("/info/title").asText()).isEqualTo("RistFlow");
        assertThat(document.get("paths").fieldNames()).toIterable()
                .containsExactlyInAnyOrder(
                        "/api/v1/document", "/api/v1/flows", "/api/v1/flows/{name}", "/api/v1/flows/{name}/stats", "/api/v1/flows/{name}/keys", "/api/v1/flows/{name}/keys/switch", "/api/v1/flows/{flow}/outputs",
                        "/api/v1/flows/{flow}/outputs/{output}", "/api/v1/flows/{flow}/outputs/{output}/paths", "/api/v1/flows/{flow}/outputs/{output}/paths/{path}", "/api/v1/version");
        List<String> bare = new ArrayList<>();
        int[] properties = {0};
        document.at("/components/schemas").properties().forEach(schema -> schema.getValue().path("properties").properties().forEach(property -> {
            // Java's own types are not ours to describe.
            if (schema.getKey().equals("Instant") || schema.getKey().equals("ObjectNode")) return;
            properties[0]++;
            if (property.getValue().path("description").asText().isBlank()) bare.add(schema.getKey() + "." + property.getKey());
        }));
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            if (operation.getValue().path("summary").asText().isBlank()) bare.add(operation.getKey() + " " + path.getKey());
        }));
        assertThat(bare).isEmpty();
        assertThat(properties[0]).isGreaterThan(100);
    }
}
