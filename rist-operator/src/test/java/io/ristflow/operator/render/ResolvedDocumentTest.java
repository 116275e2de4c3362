package io.ristflow.operator.render;

import static io.ristflow.operator.TestFlows.flow;
import static io.ristflow.operator.TestFlows.listener;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.ports.FlowPorts;
import io.ristflow.operator.ports.FlowRef;
import io.ristflow.operator.ports.PortLedger;
import io.ristflow.operator.ports.PortNeeds;
import io.ristflow.operator.ports.PortPools;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolvedDocumentTest {
    static FlowPorts ports(RistFlow flow) {
        PortLedger ledger = new PortLedger(new PortPools(Map.of("default", io.ristflow.operator.ports.PortRange.parse("", "31000-31000")), io.ristflow.operator.ports.PortRange.parse("", "30000-32767")));
        return ledger.claim(FlowRef.of(flow), PortNeeds.of(flow.getSpec()), PortNeeds.pool(flow.getSpec()), PortNeeds.nodes(flow.getSpec()), 0).ports();
    }

    private static JsonNode read(RistFlow flow) throws Exception {
        return new YAMLMapper().readTree(ResolvedDocument.of(flow, ports(flow)));
    }

    @Test
    void aPodReadsTheFlowWithItsGeneration() throws Exception {
        JsonNode document = read(listener("studio-a", "Main", "", ""));
        assertThat(document.at("/apiVersion").textValue()).isEqualTo("ristflow.io/v1alpha1");
        assertThat(document.at("/kind").textValue()).isEqualTo("RistFlow");
        assertThat(document.at("/metadata/name").textValue()).isEqualTo("studio-a");
        assertThat(document.at("/metadata/namespace").textValue()).isEqualTo("tv");
        assertThat(document.at("/metadata/annotations").get("ristflow.io/generation").textValue()).isEqualTo("3");
        assertThat(document.at("/metadata").size()).isEqualTo(3);
    }

    @Test
    void portsThatTheSpecLeavesOutAreFilledInAndOthersStay() throws Exception {
        assertThat(read(listener("f", "Main", "", "")).at("/spec/inputs/0/rist/paths/0/listen/port").intValue()).isEqualTo(31000);
        assertThat(read(listener("f", "Main", "port: 5000", "")).at("/spec/inputs/0/rist/paths/0/listen/port").intValue()).isEqualTo(5000);
        assertThat(read(listener("f", "Main", "host: 0.0.0.0", "")).at("/spec/inputs/0/rist/paths/0/listen").toString()).contains("\"host\":\"0.0.0.0\"", "\"port\":31000");
    }

    @Test
    void whatIsTheOperatorsAloneIsNotInIt() throws Exception {
        JsonNode spec = read(listener("f", "Main", "", """
                exposure: {type: NodePort}
                placement: {mode: Dedicated}
                maintenance: {drainSeconds: 5}
                pod: {nodeSelector: {a: b}}
                inputPolicy: {mode: Failover}
                """)).get("spec");
        assertThat(spec.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("inputs", "inputPolicy", "outputs");
    }

    @Test
    void aNetworkBecomesTheInterfaceThatItIsInThePod() throws Exception {
        JsonNode paths = read(flow("f", """
                inputs:
                - {name: main, rist: {profile: Main, paths: [{name: a, listen: {port: 1}, network: lte}, {name: b, listen: {port: 2}, network: tv/fibre, interface: fib0}, {name: c, listen: {port: 3}, network: lte}, {name: d, listen: {port: 4}, interface: eth0}]}}
                outputs:
                - {name: out, rist: {profile: Main, paths: [{name: e, connect: {host: h, port: 1}, network: sat}]}}
                """)).at("/spec");
        assertThat(paths.at("/inputs/0/rist/paths")).extracting(p -> p.path("interface").textValue()).containsExactly("net1", "fib0", "net1", "eth0");
        assertThat(paths.at("/outputs/0/rist/paths/0/interface").textValue()).isEqualTo("net2");
        assertThat(paths.toString()).doesNotContain("network");
    }

    @Test
    void theSameFlowGivesTheSameText() {
        String one = ResolvedDocument.of(listener("f", "Main", "", ""), ports(listener("f", "Main", "", "")));
        assertThat(ResolvedDocument.of(listener("f", "Main", "", ""), ports(listener("f", "Main", "", "")))).isEqualTo(one);
    }

    @Test
    void wordsThatYamlReadsAsSomethingElseStayWords() throws Exception {
        JsonNode read = read(flow("f", """
                inputs:
                - {name: "on", rist: {profile: Main, paths: [{name: "1", listen: {}}], session: {cname: "yes"}}}
                outputs:
                - {name: "null", udp: {host: "1.10", port: 9}}
                """));
        assertThat(read.at("/spec/inputs/0/name").textValue()).isEqualTo("on");
        assertThat(read.at("/spec/inputs/0/rist/session/cname").textValue()).isEqualTo("yes");
        assertThat(read.at("/spec/outputs/0/name").textValue()).isEqualTo("null");
        assertThat(read.at("/spec/outputs/0/udp/host").textValue()).isEqualTo("1.10");
    }
}
