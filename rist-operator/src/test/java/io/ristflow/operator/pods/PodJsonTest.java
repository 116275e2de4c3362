package io.ristflow.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodJsonTest {
    private static final MediaPod POD = new MediaPod("live", "studio-a", "studio-a-1", "uid-1", "10.0.0.7", 8080, "run", true);
    private static final String DOCUMENT = """
            {"flows":[{"name":"studio-a","generation":3,"state":"RestartNeeded","restartNeeded":["inputs[0].rist.profile"],"message":"","since":"today"}]}""";

    private static PodReport sample() throws IOException {
        try (InputStream in = PodJsonTest.class.getResourceAsStream("flows.json")) {
            return report(in.readAllBytes(), bytes(DOCUMENT));
        }
    }

    private static PodReport report(byte[] flows, byte[] document) throws IOException {
        return PodJson.sample(POD, flows, document).report();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theSampleOfTheServiceIsReadWhole() throws IOException {
        PodReport report = sample();
        assertThat(report.reachable()).isTrue();
        assertThat(report.flow().state()).isEqualTo("RUNNING");
        assertThat(report.flow().bitrateBps()).isEqualTo(5003120);
        assertThat(report.flow().lastSwitch()).isEqualTo(new PodReport.Switch("main", "backup is silent", "2026-11-23T16:31:12.500Z"));
        PodReport.End main = report.flow().inputs().getFirst();
        assertThat(main.state()).isEqualTo("Receiving");
        assertThat(main.active()).isTrue();
        assertThat(main.lostPercent()).isEqualTo(0.0);
        assertThat(main.rist().paths().getFirst())
                .isEqualTo(new PodReport.Path("fibre", "198.51.100.9:41210", "CONNECTED", "alice", 24.21, 5500000, 4417L, false, false));
        PodReport.End backup = report.flow().inputs().get(1);
        assertThat(backup.active()).isFalse();
        assertThat(backup.rist()).isNull();
        PodReport.End affiliate = report.flow().outputs().get(1);
        assertThat(affiliate.rist().paths().getFirst().state()).as("who calls shows whom").isEqualTo("CONNECTING");
        assertThat(affiliate.rist().paths().getFirst().recoveredPackets()).isNull();
    }

    @Test
    void whatIsCountedIsReadOfEveryEndAndPath() throws IOException {
        try (InputStream in = PodJsonTest.class.getResourceAsStream("flows.json")) {
            assertThat(PodJson.sample(POD, in.readAllBytes(), null).bytes())
                    .containsEntry("input main", 59200000L).containsEntry("input backup", 396116L).containsEntry("output playout", 58956800L).containsEntry("output affiliate", 58956800L)
                    .containsEntry("input main fibre 198.51.100.9:41210", 59200000L).containsEntry("output affiliate wan 192.0.2.7:6000", 0L);
        }
    }

    @Test
    void whatThePodMadeOfItsDocumentIsRead() throws IOException {
        PodReport.Document document = sample().document();
        assertThat(document).isEqualTo(new PodReport.Document(3L, "RestartNeeded", List.of("inputs[0].rist.profile"), ""));
        assertThat(document.needsRestartFor(3)).isTrue();
        assertThat(document.needsRestartFor(4)).as("what was asked of generation 3 says nothing of 4").isFalse();
    }

    @Test
    void strangersAtAListenerAreNoPeers() throws IOException {
        assertThat(sample().flow().inputs().getFirst().rist().paths()).extracting(PodReport.Path::state).containsExactly("CONNECTED", "SILENT");
    }

    @Test
    void aCallerThatIsRefusedAgainAndAgainFromOtherPortsIsOneFault() throws IOException {
        String faults = """
                [{"name":"studio-a","inputs":[{"name":"main","rist":{"listening":true,"paths":[],"activeFaults":[
                 {"reason":"AuthFailed","leg":"fibre","remote":"198.51.100.45:6011","detail":"login refused","since":"2026-11-23T16:31:40Z","until":"2026-11-23T16:31:45Z"},
                 {"reason":"AuthFailed","leg":"fibre","remote":"198.51.100.45:6012","detail":"login refused","since":"2026-11-23T16:31:46Z","until":null}]}}]}]""";
        assertThat(report(bytes(faults), null).flow().inputs().getFirst().rist().faults())
                .containsExactly(new PodReport.Fault("AuthFailed", "fibre", "login refused", false, false));
    }

    @Test
    void aPodThatKnowsLessIsReadAllTheSame() throws IOException {
        PodReport report = report(bytes("[{\"name\":\"studio-a\",\"inputs\":[{\"name\":\"main\",\"rist\":{\"paths\":[{\"name\":\"fibre\"}]}}]}]"), null);
        assertThat(report.document()).isNull();
        assertThat(report.flow().inputs().getFirst().rist().paths().getFirst().leg()).isEqualTo("fibre");
        assertThat(report.flow().inputs().getFirst().lostPercent()).isNull();
        assertThat(report.flow().outputs()).isEmpty();
    }

    @Test
    void anotherFlowOfTheProcessIsNotThisOne() throws IOException {
        PodReport report = report(bytes("[{\"name\":\"studio-b\"}]"), bytes("{\"flows\":[{\"name\":\"studio-b\",\"generation\":1}]}"));
        assertThat(report.flow()).isNull();
        assertThat(report.document()).isNull();
    }

    @Test
    void aDocumentWithoutGenerationHasNone() throws IOException {
        assertThat(report(bytes("[]"), bytes("{\"flows\":[{\"name\":\"studio-a\",\"state\":\"InForce\"}]}")).document().generation()).isNull();
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> report(bytes("<html>"), null)).isInstanceOf(IOException.class);
    }
}
