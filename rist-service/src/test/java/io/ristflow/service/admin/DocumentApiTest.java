package io.ristflow.service.admin;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ristflow.service.config.Manifests;
import io.ristflow.service.observe.FakeFlowsProfile;
import io.ristflow.service.runtime.DocumentBoard;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of documents that change is in DocumentWatchTest. */
@QuarkusTest
@TestProfile(FakeFlowsProfile.class)
class DocumentApiTest {
    @Inject
    DocumentBoard board;

    @AfterEach
    void none() {
        board.started(List.of());
    }

    @Test
    void withoutDocumentsThereIsNothing() {
        get("/api/v1/document").then().statusCode(200).contentType("application/json").body("flows", hasSize(0));
    }

    @Test
    void documentsThatFlowsWereStartedWithAreInForce(@TempDir Path dir) throws Exception {
        String flow = "apiVersion: ristflow.io/v1alpha1\nkind: RistFlow\nmetadata: {name: NAME}\nspec: {inputs: [{name: in, testSignal: {}}], outputs: [{name: out, udp: {host: 127.0.0.1, port: 9}}]}\n";
        Path file = Files.writeString(dir.resolve("f.yaml"), flow.replace("NAME", "north, annotations: {ristflow.io/generation: \"3\"}") + "---\n" + flow.replace("NAME", "south"));
        board.started(Manifests.read(file, null).documents());
        get("/api/v1/document").then().statusCode(200)
                .body("flows", hasSize(2))
                .body("flows[0].name", equalTo("north"))
                .body("flows[0].generation", equalTo(3))
                .body("flows[0].state", equalTo("InForce"))
                .body("flows[0].restartNeeded", empty())
                .body("flows[0].message", equalTo(""))
                .body("flows[1].name", equalTo("south"))
                .body("flows[1]", not(hasKey("generation")));
    }
}
