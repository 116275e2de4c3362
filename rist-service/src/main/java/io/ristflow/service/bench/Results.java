package io.ristflow.service.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.ristflow.service.cli.BenchOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All that one run of the bench has found so far, and how it is written down for programs. */
final class Results {
    /** @param cells ours first, then, where there is another, theirs; of rows that failed none */
    record Row(BenchOptions.Row row, int flows, List<Optional<Cell>> cells, int bufferMs) {
        Optional<Cell> ours() {
            return cells.getFirst();
        }

        Optional<Cell> theirs() {
            return cells.size() > 1 ? cells.get(1) : Optional.empty();
        }

        Optional<Ratios> ratios() {
            return ours().flatMap(ours -> theirs().map(theirs -> Ratios.of(ours.median(), theirs.median(), bufferMs)));
        }
    }

    private final Machine machine = Machine.describe();
    private final BenchOptions options;
    private final List<Contender> contenders;
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> flows = new ArrayList<>();
    private final Map<String, List<SearchTrial.Found>> searches = new LinkedHashMap<>();
    private final List<StartTrial.Figure> starts = new ArrayList<>();
    private Growth growth;
    private String verdict;

    Results(BenchOptions options, List<Contender> contenders) {
        this.options = options;
        this.contenders = contenders;
    }

    Machine machine() {
        return machine;
    }

    BenchOptions options() {
        return options;
    }

    List<Contender> contenders() {
        return contenders;
    }

    List<Row> rows() {
        return rows;
    }

    List<Row> flows() {
        return flows;
    }

    void growth(Growth found) {
        growth = found;
    }

    /** By contender, a search each run. */
    Map<String, List<SearchTrial.Found>> searches() {
        return searches;
    }

    /** Median of ours by median of theirs. */
    OptionalDouble searchRatio() {
        if (contenders.size() < 2 || searches.size() < 2) return OptionalDouble.empty();
        double theirs = median(searches.get(contenders.get(1).who()));
        return theirs == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(searches.get(contenders.getFirst().who())) / theirs);
    }

    static double median(List<SearchTrial.Found> found) {
        return Cell.median(found.stream().mapToDouble(SearchTrial.Found::mbps).toArray());
    }

    List<StartTrial.Figure> starts() {
        return starts;
    }

    void verdict(String text) {
        verdict = text;
    }

    String json() throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("machine", machine);
        Map<String, String> versions = new LinkedHashMap<>();
        for (Contender contender : contenders) versions.put(contender.who(), contender.version());
        document.put("versions", versions);
        document.put("settings", settings());
        document.put("rows", rows.stream().map(row -> entry(mapper, row)).toList());
        if (!flows.isEmpty()) document.put("flows", flows.stream().map(row -> entry(mapper, row)).toList());
        if (growth != null) document.put("growth", growth);
        if (!searches.isEmpty()) document.put("lossFreeRate", lossFreeRate());
        if (!starts.isEmpty()) document.put("starts", starts);
        document.put("verdict", verdict);
        return mapper.writeValueAsString(document) + "\n";
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("runs", options.runs());
        settings.put("warmupSeconds", options.warmupSeconds());
        settings.put("seconds", options.seconds());
        settings.put("lossPercent", options.lossPercent());
        settings.put("delayMs", options.delayMs());
        settings.put("bufferMs", options.bufferMs());
        settings.put("datagramBytes", Generator.DATAGRAM_BYTES);
        return settings;
    }

    private Map<String, Object> entry(ObjectMapper mapper, Row row) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("profile", row.row().profileName());
        entry.put("aesBits", row.row().aesBits());
        entry.put("mbps", row.row().mbps());
        entry.put("flows", row.flows());
        for (int i = 0; i < row.cells().size(); i++) {
            String who = contenders.get(i).who();
            entry.put(who, row.cells().get(i).map(cell -> cell(mapper, cell)).orElse(Map.of("failed", true)));
        }
        row.ratios().ifPresent(ratios -> entry.put("ratios", ratios(ratios)));
        return entry;
    }

    private Map<String, Object> cell(ObjectMapper mapper, Cell cell) {
        Figures median = cell.median();
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("cpuUsPerPacket", median.cpuUsPerPacket());
        node.put("cpuLowest", cell.cpuLowest());
        node.put("cpuHighest", cell.cpuHighest());
        node.put("cores", median.cores());
        node.put("addedLatency", median.latency().less(options.bufferMs()));
        mapper.convertValue(median, Map.class).forEach((key, value) -> node.put((String) key, value));
        node.put("runs", cell.runs());
        return node;
    }

    private static Map<String, Object> ratios(Ratios r) {
        Map<String, Object> ratios = new LinkedHashMap<>();
        ratios.put("cpu", finite(r.cpu()));
        ratios.put("senderCpu", finite(r.senderCpu()));
        ratios.put("receiverCpu", finite(r.receiverCpu()));
        ratios.put("peakMemory", finite(r.memory()));
        ratios.put("rss", finite(r.rss()));
        ratios.put("pss", finite(r.pss()));
        ratios.put("addedLatencyP999", finite(r.addedLatencyP999()));
        ratios.put("latencyP999MoreMs", r.latencyP999MoreMs());
        ratios.put("spacingP999", finite(r.spacingP999()));
        return ratios;
    }

    private Map<String, Object> lossFreeRate() {
        Map<String, Object> node = new LinkedHashMap<>();
        BenchOptions.Row row = options.search().row();
        node.put("profile", row.profileName());
        node.put("aesBits", row.aesBits());
        searches.forEach((who, found) -> node.put(who, Map.of("mbps", median(found), "runs", found)));
        searchRatio().ifPresent(ratio -> node.put("ratio", ratio));
        return node;
    }

    /** JSON has no NaN. */
    private static Double finite(double ratio) {
        return Double.isFinite(ratio) ? ratio : null;
    }
}
