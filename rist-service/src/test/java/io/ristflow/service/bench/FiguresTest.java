package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static Figures figures(double senderUs, double receiverUs, double mib, double latencyMs, double spacingMs, long lost) {
        return new Figures(1_000, 10, lost, 0, 0, 0, 0, 0, new Figures.End(senderUs, mib), new Figures.End(receiverUs, mib), new Figures.Quantiles(1, 1, latencyMs, latencyMs), new Figures.Quantiles(1, 1, spacingMs, spacingMs));
    }

    @Test
    void ratioIsOursByTheirsAndBelowOneWhereOursNeedsLess() {
        Ratios ratios = Ratios.of(figures(10, 5, 100, 1_020, 4, 0), figures(40, 20, 10, 1_000, 5, 0));
        assertThat(ratios.cpu()).isEqualTo(0.25);
        assertThat(ratios.senderCpu()).isEqualTo(0.25);
        assertThat(ratios.receiverCpu()).isEqualTo(0.25);
        assertThat(ratios.memory()).isEqualTo(10);
        assertThat(ratios.latencyP999()).isCloseTo(1.02, within(1e-9));
        assertThat(ratios.latencyP999MoreMs()).isEqualTo(20);
        assertThat(ratios.spacingP999()).isEqualTo(0.8);
    }

    @Test
    void ratioToNothingIsNoNumber() {
        assertThat(Ratios.of(figures(10, 5, 100, 1, 1, 0), figures(0, 20, 10, 1, 0, 0))).satisfies(ratios -> {
            assertThat(ratios.senderCpu()).isNaN();
            assertThat(ratios.spacingP999()).isNaN();
            assertThat(ratios.cpu()).isEqualTo(0.75);
        });
    }

    @Test
    void cpuTicksBecomeMicrosecondsByPacket() {
        // 80 ticks of 10 ms over 8,000 packets
        assertThat(Figures.End.of(80, 8_000, 2_048)).isEqualTo(new Figures.End(100, 2));
        assertThat(Figures.End.of(80, 0, 0).cpuUsPerPacket()).isZero();
    }

    @Test
    void lostOrCorruptedIsNotWhole() {
        assertThat(figures(1, 1, 1, 1, 1, 0).whole()).isTrue();
        assertThat(figures(1, 1, 1, 1, 1, 1).whole()).isFalse();
        assertThat(new Figures(10, 1, 0, 0, 0, 0, 1, 0, null, null, null, null).whole()).isFalse();
        assertThat(new Figures(0, 1, 0, 0, 0, 0, 0, 0, null, null, null, null).whole()).isFalse();
    }

    @Test
    void quantilesAreExactHoweverManySamplesCome() {
        Samples samples = new Samples();
        LongStream.rangeClosed(1, 100_000).map(i -> (100_001 - i) * 1_000).forEach(samples::add);
        assertThat(samples.quantiles()).isEqualTo(new Figures.Quantiles(50, 99, 99.9, 100));
        assertThat(new Samples().quantiles()).isEqualTo(new Figures.Quantiles(0, 0, 0, 0));
    }

    @Test
    void ourEndsRunUnderTheFlagsOfThisProcessButNotUnderThoseOfOneProcess() {
        assertThat(OurEnds.program("/jdk", List.of("-Xmx512m", "-XX:AOTCache=rist.aot", "-agentlib:jdwp=transport=dt_socket", "-XX:AOTCacheOutput=new.aot"), "app/quarkus-run.jar"))
                .containsExactly("/jdk/bin/java", "-Xmx512m", "-XX:AOTCache=rist.aot", "-jar", "app/quarkus-run.jar");
    }

    @Test
    void versionOfLibristIsReadFromWhatItSays() {
        assertThat(LibristEnds.version("1795432649.2|0.0|[INFO] Starting ristsender version: 30 libRIST library: 0.2.20 API version: 4.13.0")).isEqualTo("0.2.20");
        assertThat(LibristEnds.version("libRIST library: v0.2.7 API version: 4.1.1")).isEqualTo("0.2.7");
        assertThat(LibristEnds.version("Segmentation fault")).isEqualTo("unknown");
    }

    @Test
    void cpuModelIsThatOfTheFirstCore() {
        assertThat(Machine.cpuModel("processor\t: 0\nmodel name\t: Some: CPU\nprocessor\t: 1\nmodel name\t: Other\n")).isEqualTo("Some: CPU");
        assertThat(Machine.cpuModel("")).isEqualTo("unknown");
    }
}
