package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.service.cli.BenchOptions;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowManifestsTest {
    @TempDir
    Path folder;

    private static final List<Contender.Wire> WIRES = IntStream.range(0, 40).mapToObj(i -> new Contender.Wire(20_000 + 2 * i, 30_000 + 2 * i, 40_000 + 2 * i)).toList();

    private List<FlowSpec> read(String manifest) throws Exception {
        return Manifests.read(Files.writeString(folder.resolve("flows.yaml"), manifest), null).flows();
    }

    @ParameterizedTest
    @EnumSource(value = Profile.class, names = {"SIMPLE", "MAIN", "ADVANCED"})
    void manifestIsOneThatOurReaderTakesWithEachFlowAtItsPorts(Profile profile) throws Exception {
        boolean keyed = profile != Profile.SIMPLE;
        Contender.Link link = new Contender.Link(new BenchOptions.Row(profile, keyed ? 256 : 0, 2), 500, 100_000, keyed ? "0123456789abcdef" : "", false);
        List<FlowSpec> senders = read(FlowManifests.senders(link, WIRES)), receivers = read(FlowManifests.receivers(link, WIRES, 9_999));
        assertThat(senders).hasSize(40);
        assertThat(receivers).hasSize(40);
        assertThat(read(FlowManifests.both(link, WIRES, 9_999))).hasSize(80);
        assertThat(senders.get(7).toString()).contains("20014", "30014").doesNotContain("40014");
        assertThat(receivers.get(7).toString()).contains("40014", "9999").doesNotContain("30014");
    }

    @Test
    void manyFlowsOfOursArePutIntoOneProcessAndOneFlowNeedsNoFile() throws Exception {
        OurEnds ends = new OurEnds(List.of("java", "-XX:AOTCache=a.aot", "-jar", "x.jar"), "test");
        Contender.Link link = new Contender.Link(new BenchOptions.Row(Profile.MAIN, 0, 2), 500, 100_000, "", false);
        assertThat(ends.senders(link, WIRES, folder)).hasSize(1).first().asList().endsWith("-f", folder.resolve("senders.yaml").toString());
        assertThat(ends.receivers(link, WIRES, 9_999, folder)).hasSize(1).first().asList().endsWith("-f", folder.resolve("receivers.yaml").toString());
        assertThat(ends.senders(link, WIRES.subList(0, 1), folder)).first().asList().endsWith("-i", "udp://@127.0.0.1:20000", "-o", "rist://127.0.0.1:30000?buffer=500&bandwidth=100000&profile=main");
        Contender.Link together = new Contender.Link(new BenchOptions.Row(Profile.MAIN, 0, 2), 500, 100_000, "", true);
        assertThat(ends.receivers(together, WIRES, 9_999, folder)).hasSize(1).first().asList().endsWith("-f", folder.resolve("flows.yaml").toString());
        assertThat(ends.senders(together, WIRES, folder)).isEmpty();
        assertThat(ends.timedStart(1, 2, 3, true).orElseThrow()).contains("-XX:AOTCache=a.aot", "127.0.0.1:3");
        assertThat(ends.timedStart(1, 2, 3, false).orElseThrow()).doesNotContain("-XX:AOTCache=a.aot");
        assertThat(new OurEnds(List.of("java"), "test").timedStart(1, 2, 3, true)).isEmpty();
    }
}
