package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.operator.status.Phase;
import io.ristflow.operator.status.Reasons;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/operations.md is for whoever runs it: every reason, every fault, every value of the chart that it names is there. */
class OperationsDocTest {
    private static final String DOCUMENT = Chart.read(Chart.ROOT.resolve("docs/operations.md"));
    /** Between back quotes, or behind {@code --set}. */
    private static final Pattern VALUE = Pattern.compile("(?:--set '?|`(?=image|operator|monitoring|crds|rbac|portPools|media\\.|serviceAccount))([a-z][A-Za-z]*(?:\\.[A-Za-z]+)*)(?=[=`{. ])");

    @Test
    void everyReasonOfAConditionOrAnEventIsExplained() throws Exception {
        List<String> unknown = new ArrayList<>();
        for (Field field : Reasons.class.getFields()) {
            if (!DOCUMENT.contains("`" + field.get(null) + "`")) unknown.add((String) field.get(null));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyFaultOfTheServiceIsExplained() {
        String faults = Chart.read(Chart.ROOT.resolve("rist-core/src/main/java/io/ristflow/core/api/Fault.java"));
        Matcher fault = Pattern.compile("[A-Z_]+\\(\"([A-Za-z]+)\"\\)").matcher(faults);
        int found = 0;
        while (fault.find()) {
            found++;
            assertThat(DOCUMENT).contains("| `" + fault.group(1) + "` |");
        }
        assertThat(found).isGreaterThan(10);
    }

    /** A reason that the code does not have (any more) would send people searching. */
    @Test
    void noReasonIsExplainedThatThereIsNot() throws Exception {
        Set<String> known = new TreeSet<>();
        for (Field field : Reasons.class.getFields()) known.add((String) field.get(null));
        Matcher row = Pattern.compile("(?m)^\\| ((?:`[A-Z][A-Za-z]+`(?:, )?)+) \\|").matcher(DOCUMENT.substring(DOCUMENT.indexOf("## Troubleshooting"), DOCUMENT.indexOf("Faults between two peers")));
        int rows = 0;
        while (row.find()) {
            rows++;
            assertThat(known).containsAll(Stream.of(row.group(1).split(", ")).map(reason -> reason.replace("`", "")).toList());
        }
        assertThat(rows).isGreaterThan(20);
    }

    @Test
    void everyValueThatItNamesIsOneOfTheChart() {
        JsonNode schema = Chart.json(Chart.FOLDER.resolve("values.schema.json"));
        Matcher value = VALUE.matcher(DOCUMENT);
        Set<String> named = new TreeSet<>();
        while (value.find()) named.add(value.group(1));
        assertThat(named).contains("watchNamespaces", "rbac.nodes", "image.service.tag", "monitoring.rules.enabled", "operator.podSecurityContext.runAsUser");
        for (String path : named) {
            JsonNode at = schema.at("/properties/" + path.replace(".", "/properties/"));
            boolean ofAMap = path.startsWith("portPools.");
            assertThat(!at.isMissingNode() || ofAMap).as(path).isTrue();
        }
    }

    /** What alerts send people to is there. */
    @Test
    void thePhasesThatAlertsNameExist() {
        String alerts = Chart.read(Chart.FOLDER.resolve("alerts/ristflow.yaml"));
        Matcher phases = Pattern.compile("phase=~\"([A-Za-z|]+)\"").matcher(alerts);
        assertThat(phases.find()).isTrue();
        assertThat(Stream.of(phases.group(1).split("\\|")).map(Phase::valueOf)).hasSize(2);
        assertThat(alerts).contains("docs/operations.md, troubleshooting");
        assertThat(DOCUMENT).contains("## Troubleshooting");
    }
}
