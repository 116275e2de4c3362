package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.config.Profile;
import io.ristflow.service.cli.BenchOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {
    private static final BenchOptions.Row CLEAR = new BenchOptions.Row(Profile.MAIN, 0, 10), FAST = new BenchOptions.Row(Profile.MAIN, 0, 300), TWO = new BenchOptions.Row(Profile.MAIN, 0, 2);
    private static final BenchOptions OPTIONS = new BenchOptions(List.of(CLEAR, FAST), 1, 1, 1, 0, 0, 1_000, new BenchOptions.Flows(List.of(1, 200), TWO, 20, false), null, 0, null, null);

    private record Named(String who, String version) implements Contender {
        @Override
        public List<List<String>> senders(Link link, List<Wire> wires, Path folder) {
            return List.of();
        }

        @Override
        public List<List<String>> receivers(Link link, List<Wire> wires, int mediaPort, Path folder) {
            return List.of();
        }
    }

    private static Optional<Cell> cell(double cpuUs) {
        return Optional.of(Cell.of(List.of(FiguresTest.figures(cpuUs, cpuUs, 50, 1_004, 3, 0))));
    }

    private static Results results() {
        Results results = new Results(OPTIONS, List.of(new Named("ristflow", "1 <&> 2"), new Named("librist", "0.2.20")));
        results.rows().add(new Results.Row(FAST, 1, List.of(cell(2), cell(20)), 1_000));
        results.rows().add(new Results.Row(CLEAR, 1, List.of(cell(20), Optional.empty()), 1_000));
        results.flows().add(new Results.Row(TWO, 1, List.of(cell(60), cell(80)), 1_000));
        results.flows().add(new Results.Row(TWO, 200, List.of(cell(10)), 1_000));
        return results;
    }

    private static NodeList elements(String svg, String name) throws Exception {
        Document document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        return document.getElementsByTagName(name);
    }

    @Test
    void plotIsWellFormedAndHasALineForEachContenderAndKindInEachPanel() throws Exception {
        String svg = Plot.of(results());
        // CPU and latency: two lines each; flows: two
        assertThat(elements(svg, "polyline").getLength()).isEqualTo(6);
        assertThat(svg).contains("ristflow, main, clear", "librist, main, clear", "ristflow, all flows in two processes", "librist, a pair of processes each", "1 &lt;&amp;&gt; 2", "Many flows of 2 Mb/s, main, clear");
        assertThat(svg).contains("<title>ristflow, main, clear: 40.00 at 10</title>", "<title>ristflow, main, clear: 4.00 at 300</title>");
    }

    @Test
    void lineRunsFromLeftToRightWithinItsPanelAndWhatCostsLessLiesLower() throws Exception {
        Element ours = (Element) elements(Plot.of(results()), "polyline").item(0);
        String[] points = ours.getAttribute("points").split(" ");
        assertThat(points).hasSize(2);
        double[] first = numbers(points[0]), last = numbers(points[1]);
        assertThat(first[0]).isBetween(0.0, 460.0).isLessThan(last[0]);
        assertThat(last[0]).isBetween(0.0, 460.0);
        assertThat(first[1]).as("40 us above 4 us").isLessThan(last[1]);
    }

    private static double[] numbers(String point) {
        return java.util.Arrays.stream(point.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void nothingMeasuredIsAnEmptyPictureAndNoFailure() throws Exception {
        assertThat(elements(Plot.of(new Results(OPTIONS, List.of(new Named("ristflow", "1")))), "polyline").getLength()).isZero();
        Results failed = new Results(OPTIONS, List.of(new Named("ristflow", "1")));
        failed.rows().add(new Results.Row(CLEAR, 1, List.of(Optional.empty()), 1_000));
        assertThat(elements(Plot.of(failed), "g").getLength()).isEqualTo(2);
    }

    @Test
    void axisHasTicksOfOneTwoAndFiveAroundWhatIsSeen() {
        assertThat(Svg.axis(true, 3.4, 180).ticks()).containsExactly(2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0);
        assertThat(Svg.axis(true, 0.03, 0.03).ticks()).containsExactly(0.02, 0.05);
        assertThat(Svg.axis(false, 1, 9.5).ticks()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(Svg.axis(false, -1.5, 3).ticks()).containsExactly(-2.0, -1.0, 0.0, 1.0, 2.0, 3.0);
        assertThat(Svg.axis(false, 0, 0).ticks()).hasSizeGreaterThan(1);
    }
}
