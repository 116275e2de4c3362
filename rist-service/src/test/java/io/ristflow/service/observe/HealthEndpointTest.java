package io.ristflow.service.observe;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.FlowSnapshot.State;
import io.ristflow.service.runtime.Flows.Transport;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(FakeFlowsProfile.class)
class HealthEndpointTest {
    private static final String READY = "checks.find { it.name == 'flows' }.";

    @Inject
    FakeFlows flows;

    @AfterEach
    void none() {
        flows.are();
        flows.transport(new Transport(true, ""));
    }

    @ParameterizedTest
    @CsvSource({"STARTING, 503, 503", "RUNNING, 200, 200", "DRAINING, 503, 200", "STOPPED, 503, 200", "FAILED, 503, 503"})
    void readyMeansSocketsBoundAndStartedThatTheyWere(State state, int ready, int started) {
        flows.are(Snapshots.studio(state, List.of(), 0));
        get("/q/health/ready").then().statusCode(ready).body(READY + "data", hasEntry("flow.studio-a", state.name()));
        get("/q/health/started").then().statusCode(started);
        get("/q/health/live").then().statusCode(200);
        assertThat(flows.askedOnEventLoop()).isFalse();
    }

    @Test
    void aFlowWithoutAPeerIsReadyAndDegraded() {
        flows.are(Snapshots.studio(State.RUNNING, List.of("input main: no peer yet"), 0));
        get("/q/health/ready").then().statusCode(200).body(READY + "data.degraded", equalTo("input main: no peer yet"));
    }

    @Test
    void amongSeveralFlowsTheDegradedOneIsNamed() {
        flows.are(Snapshots.studio(0), Snapshots.contribution(0));
        get("/q/health/ready").then().statusCode(200).body(READY + "data.degraded", equalTo("contribution: output far: no peer yet"));
    }

    @Test
    void oneFlowThatIsNotReadyMakesThePodNotReady() {
        flows.are(Snapshots.contribution(0), Snapshots.studio(State.STARTING, List.of(), 0));
        get("/q/health/ready").then().statusCode(503);
    }

    @Test
    void aFailedFlowSaysWhy() {
        FlowSnapshot f = Snapshots.studio(0);
        flows.are(new FlowSnapshot(f.id(), f.name(), State.FAILED, f.startedAt(), "input main: port 5000 is in use", List.of(), f.inputs(), f.outputs()));
        get("/q/health/ready").then().statusCode(503).body(READY + "data", hasEntry("flow.studio-a.failure", "input main: port 5000 is in use"));
    }

    @Test
    void theTransportIsPartOfHealth() {
        flows.are(Snapshots.studio(0));
        ValidatableResponse nativeOne = get("/q/health/ready").then().statusCode(200);
        nativeOne.body(READY + "data", hasEntry("transport", "native")).body(READY + "data", not(hasKey("transport.reason")));
        flows.transport(new Transport(false, "temporary folder is noexec"));
        get("/q/health/ready").then().statusCode(200).body(READY + "data", hasEntry("transport", "portable")).body(READY + "data", hasEntry("transport.reason", "temporary folder is noexec"));
    }
}
