package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    /** 1,000 datagrams with a buffer of 1,000 ms; the rest as given. */
    static Figures figures(double senderUs, double receiverUs, double mib, double latencyMs, double spacingMs, long lost) {
        return new Figures(1, 1_000, 10, lost, 0, 0, 0, 0, 0, 0, 0, end(senderUs, mib), end(receiverUs, mib), new Figures.Quantiles(1_001, 1_002, latencyMs, latencyMs), new Figures.Quantiles(1, 1, spacingMs, spacingMs), new Figures.Own(1, 2, 3));
    }

    private static Figures.End end(double cpuUs, double mib) {
        return new Figures.End(1, cpuUs, cpuUs, cpuUs / 1_000, mib, mib, mib / 2);
    }

    @Test
    void ratioIsOursByTheirsAndBelowOneWhereOursNeedsLess() {
        Ratios ratios = Ratios.of(figures(10, 5, 100, 1_004, 4, 0), figures(40, 20, 10, 1_005, 5, 0), 1_000);
        assertThat(ratios.cpu()).isEqualTo(0.25);
        assertThat(ratios.senderCpu()).isEqualTo(0.25);
        assertThat(ratios.receiverCpu()).isEqualTo(0.25);
        assertThat(ratios.memory()).isEqualTo(10);
        assertThat(ratios.pss()).isEqualTo(10);
        assertThat(ratios.addedLatencyP999()).as("4 ms by 5 ms above the buffer").isCloseTo(0.8, within(1e-9));
        assertThat(ratios.latencyP999MoreMs()).isEqualTo(-1);
        assertThat(ratios.spacingP999()).isEqualTo(0.8);
    }

    @Test
    void ratioToNothingIsNoNumber() {
        assertThat(Ratios.of(figures(10, 5, 100, 1, 1, 0), figures(0, 20, 10, 1, 0, 0), 1)).satisfies(ratios -> {
            assertThat(ratios.senderCpu()).isNaN();
            assertThat(ratios.spacingP999()).isNaN();
            assertThat(ratios.addedLatencyP999()).isNaN();
            assertThat(ratios.cpu()).isEqualTo(0.75);
        });
    }

    @Test
    void cpuTimeBecomesMicrosecondsByPacketAndShareOfACore() {
        // 804 ms of run time in 8 s over 8,000 packets, and 80 ticks of 10 ms
        Figures.End end = Figures.End.of(2, 804_000_000, 80, 8_000_000_000L, 8_000).with(new ProcFiles.Memory(2_048, 1_024, 512));
        assertThat(end).isEqualTo(new Figures.End(2, 100.5, 100, 0.1005, 2, 1, 0.5));
        assertThat(Figures.End.of(1, 0, 80, 1, 0).cpuUsPerPacket()).isZero();
    }

    @Test
    void lostOrCorruptedIsNotWhole() {
        assertThat(figures(1, 1, 1, 1, 1, 0).whole()).isTrue();
        assertThat(figures(1, 1, 1, 1, 1, 1).whole()).isFalse();
        assertThat(new Figures(1, 10, 1, 0, 0, 0, 0, 1, 0, 0, 0, null, null, null, null, null).whole()).isFalse();
        assertThat(new Figures(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null, null).whole()).isFalse();
    }

    @Test
    void medianIsOfEachFigureByItselfAndCountsAreSums() {
        Cell cell = Cell.of(List.of(figures(10, 9, 50, 1_004, 3, 0), figures(12, 5, 60, 1_002, 9, 7), figures(11, 7, 40, 1_009, 6, 1)));
        assertThat(cell.median().sender().cpuUsPerPacket()).isEqualTo(11);
        assertThat(cell.median().receiver().cpuUsPerPacket()).isEqualTo(7);
        assertThat(cell.median().peakRssMib()).isEqualTo(100);
        assertThat(cell.median().latency().p999Ms()).isEqualTo(1_004);
        assertThat(cell.median().spacing().p999Ms()).isEqualTo(6);
        assertThat(cell.median().lost()).as("what was lost once was lost").isEqualTo(8);
        assertThat(cell.median().sent()).isEqualTo(3_000);
        assertThat(cell.cpuLowest()).isEqualTo(17);
        assertThat(cell.cpuHighest()).isEqualTo(19);
        assertThat(cell.runs()).hasSize(3);
        assertThat(Cell.median(4, 1, 3, 2)).isEqualTo(2.5);
    }

    @Test
    void growthIsWhatAFurtherFlowTakes() {
        Figures few = many(10, 20, 100), many = many(110, 22, 250);
        Growth growth = Growth.of(few, many, 100 * 1_024, 150 * 1_024);
        assertThat(growth.cpuRatio()).isCloseTo(1.1, within(1e-9));
        assertThat(growth.mibPerFlow()).isCloseTo(3, within(1e-9));
        assertThat(growth.senderMibPerFlow()).isCloseTo(1.5, within(1e-9));
        assertThat(growth.mibPerIdleFlow()).isCloseTo(0.5, within(1e-9));
    }

    private static Figures many(int flows, double cpuUs, double mib) {
        return new Figures(flows, 1_000, 2 * flows, 0, 0, 0, 0, 0, 0, 0, 0, end(cpuUs / 2, mib), end(cpuUs / 2, mib), new Figures.Quantiles(1_001, 1_002, 1_003, 1_004), new Figures.Quantiles(1, 2, 3, 4), new Figures.Own(1, 2, 3));
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
