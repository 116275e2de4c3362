package io.ristflow.operator.ports;

import static io.ristflow.operator.TestFlows.flow;
import static io.ristflow.operator.TestFlows.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.ports.PortNeed.Kind;
import io.ristflow.operator.ports.PortNeed.Reach;
import org.junit.jupiter.api.Test;

class PortNeedsTest {
    @Test
    void everyListeningPathNeedsAPortAndNoOther() {
        var needs = PortNeeds.of(flow("f", """
                inputs:
                - {name: main, rist: {profile: Main, paths: [{name: a, listen: {port: 5000}}, {name: b, listen: {}}]}}
                - {name: spare, udp: {port: 6000}}
                outputs:
                - {name: out, rist: {profile: Advanced, paths: [{name: c, listen: {}}]}}
                - {name: call, rist: {profile: Main, paths: [{name: d, connect: {host: h, port: 1}, sourcePort: 7000}]}}
                exposure: {type: NodePort}
                """).getSpec());
        assertThat(needs).containsExactly(
                new PortNeed(Kind.INPUT, "main", "a", false, 5000, Reach.NODE_PORT), new PortNeed(Kind.INPUT, "main", "b", false, null, Reach.NODE_PORT),
                new PortNeed(Kind.OUTPUT, "out", "c", false, null, Reach.NODE_PORT));
    }

    @Test
    void simpleAndAutoNeedPairs() {
        assertThat(PortNeeds.of(listener("f", "Simple", "", "").getSpec())).allMatch(PortNeed::pair);
        assertThat(PortNeeds.of(listener("f", "Auto", "", "").getSpec())).allMatch(PortNeed::pair);
        assertThat(PortNeeds.of(listener("f", "Main", "", "").getSpec())).noneMatch(PortNeed::pair);
        assertThat(PortNeeds.of(listener("f", "Advanced", "", "").getSpec())).noneMatch(PortNeed::pair);
    }

    @Test
    void withoutAnExposureItIsALoadBalancer() {
        assertThat(PortNeeds.of(listener("f", "Main", "", "").getSpec())).extracting(PortNeed::reach).containsExactly(Reach.LOAD_BALANCER);
        assertThat(PortNeeds.pool(listener("f", "Main", "", "").getSpec())).isEqualTo("default");
    }

    @Test
    void onTheNodesNetworkWhateverIsBoundCounts() {
        var needs = PortNeeds.of(flow("f", """
                inputs:
                - {name: main, rist: {profile: Simple, paths: [{name: a, connect: {host: h, port: 2}, sourcePort: 7000}], outOfBand: {listen: {port: 7100}}}}
                - {name: spare, udp: {port: 6000}}
                outputs:
                - {name: out, rtp: {host: h, port: 9}}
                exposure: {type: HostNetwork}
                """).getSpec());
        assertThat(needs).containsExactly(
                new PortNeed(Kind.BOUND, "main", "a", true, 7000, Reach.HOST_NETWORK), new PortNeed(Kind.BOUND, "main", "out-of-band", false, 7100, Reach.HOST_NETWORK),
                new PortNeed(Kind.BOUND, "spare", "udp", false, 6000, Reach.HOST_NETWORK), new PortNeed(Kind.HTTP, "http", "http", false, null, Reach.HOST_NETWORK));
    }

    @Test
    void aMulticastGroupsPortIsNobodysOwn() {
        assertThat(PortNeeds.of(flow("f", """
                inputs:
                - {name: a, udp: {host: 239.1.1.1, port: 5004}}
                - {name: b, rtp: {host: "ff02::1", port: 5004}}
                outputs:
                - {name: out, udp: {host: h, port: 9}}
                exposure: {type: HostNetwork}
                """).getSpec())).extracting(PortNeed::kind).containsExactly(Kind.HTTP);
    }

    @Test
    void aPathOnAMultusNetworkOrALoopbackIsReachedAtThePod() {
        assertThat(PortNeeds.of(flow("f", """
                inputs:
                - {name: main, rist: {profile: Main, paths: [{name: a, listen: {}, network: lte}, {name: b, listen: {host: 127.0.0.1}}]}}
                outputs:
                - {name: out, udp: {host: h, port: 9}}
                exposure: {type: HostPort}
                """).getSpec())).extracting(PortNeed::reach).containsExactly(Reach.POD, Reach.POD);
    }
}
