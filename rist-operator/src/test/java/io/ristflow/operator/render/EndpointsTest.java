package io.ristflow.operator.render;

import static io.ristflow.operator.TestFlows.flow;
import static io.ristflow.operator.TestFlows.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.operator.crd.v1alpha1.Endpoint;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.render.Endpoints.Whereabouts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final Whereabouts KNOWN = new Whereabouts(null, "198.51.100.1", "10.0.0.7", Map.of("net1", "203.0.113.7"), false);

    private static List<Endpoint> endpoints(RistFlow flow, Whereabouts where) {
        return Endpoints.of(flow.getSpec(), ResolvedDocumentTest.ports(flow), where);
    }

    @Test
    void aNodePortIsCalledAtTheNode() {
        assertThat(endpoints(listener("f", "Main", "", "exposure: {type: NodePort}\n"), KNOWN))
                .containsExactly(new Endpoint("main", null, "fibre", "198.51.100.1", 31000, "rist://198.51.100.1:31000?profile=main"));
    }

    @Test
    void aLoadBalancerIsCalledAtItsOwnAddressAndThePodsPort() {
        Whereabouts balanced = new Whereabouts("lb.example", "198.51.100.1", "10.0.0.7", Map.of(), true);
        assertThat(endpoints(listener("f", "Main", "port: 5000", ""), balanced)).extracting(Endpoint::url).containsExactly("rist://lb.example:5000?profile=main");
    }

    @Test
    void whileALoadBalancerMayStillAnswerNoAddressIsTold() {
        assertThat(endpoints(listener("f", "Main", "port: 5000", ""), KNOWN)).isEmpty();
    }

    @Test
    void aLoadBalancerThatNeverAnsweredIsReplacedByTheNode() {
        Whereabouts fallBack = new Whereabouts(null, "198.51.100.1", "10.0.0.7", Map.of(), true);
        assertThat(endpoints(listener("f", "Main", "port: 5000", ""), fallBack)).extracting(Endpoint::address, Endpoint::port).containsExactly(org.assertj.core.groups.Tuple.tuple("198.51.100.1", 31000));
    }

    @Test
    void aHostPortIsTheNodesAndWithoutExposureItIsThePods() {
        assertThat(endpoints(listener("f", "Main", "port: 5000", "exposure: {type: HostPort}\n"), KNOWN)).extracting(Endpoint::url).containsExactly("rist://198.51.100.1:5000?profile=main");
        assertThat(endpoints(listener("f", "Main", "port: 5000", "exposure: {type: None}\n"), KNOWN)).extracting(Endpoint::url).containsExactly("rist://10.0.0.7:5000?profile=main");
    }

    @Test
    void aMultusNetworkHasAnAddressOfItsOwn() {
        RistFlow flow = flow("f", """
                inputs:
                - {name: main, rist: {profile: Main, paths: [{name: a, listen: {port: 5000}, network: lte}, {name: b, listen: {port: 5002}, network: other}]}}
                outputs:
                - {name: out, udp: {host: h, port: 9}}
                """);
        assertThat(endpoints(flow, KNOWN)).extracting(Endpoint::path, Endpoint::address).containsExactly(org.assertj.core.groups.Tuple.tuple("a", "203.0.113.7"));
    }

    @Test
    void aListenerInsideThePodIsNobodysEndpoint() {
        assertThat(endpoints(listener("f", "Main", "port: 5000, host: 127.0.0.1", "exposure: {type: None}\n"), KNOWN)).isEmpty();
    }

    @Test
    void anOutputThatListensIsToldAsOne() {
        RistFlow flow = flow("f", """
                inputs:
                - {name: in, udp: {port: 9}}
                outputs:
                - {name: pull, rist: {profile: Advanced, paths: [{name: a, listen: {port: 6000}}]}}
                exposure: {type: HostPort}
                """);
        assertThat(endpoints(flow, KNOWN)).containsExactly(new Endpoint(null, "pull", "a", "198.51.100.1", 6000, "rist://198.51.100.1:6000?profile=advanced"));
    }

    @Test
    void theUrlTellsKeySizeAndNeverAKey() {
        RistFlow flow = flow("f", """
                inputs:
                - name: main
                  rist:
                    profile: Main
                    encryption: {secretRef: {name: k, key: passphrase}, aesBits: 128}
                    paths:
                    - {name: a, listen: {port: 5000}}
                    - {name: b, listen: {port: 5002}, encryption: {secretRef: {name: own}, aesBits: 256}}
                outputs:
                - {name: out, udp: {host: h, port: 9}}
                exposure: {type: HostPort}
                """);
        assertThat(endpoints(flow, KNOWN)).extracting(Endpoint::url).containsExactly("rist://198.51.100.1:5000?profile=main&aes-type=128", "rist://198.51.100.1:5002?profile=main&aes-type=256");
    }

    @Test
    void aListenerForEveryProfileLeavesItToItsCallerAndAnIpv6AddressHasBrackets() {
        Whereabouts six = new Whereabouts(null, "2001:db8::1", null, Map.of(), false);
        assertThat(endpoints(listener("f", "Auto", "port: 5000", "exposure: {type: HostPort}\n"), six)).extracting(Endpoint::url).containsExactly("rist://[2001:db8::1]:5000");
    }
}
