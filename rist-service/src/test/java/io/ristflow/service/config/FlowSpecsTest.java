package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowSpecsTest {
    private static final Resolver WORLD = new FakeResolver();

    private static Endpoint in(String url) {
        return FlowSpecs.input(url, WORLD);
    }

    private static Endpoint out(String url) {
        return FlowSpecs.output(url, WORLD);
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void ristListenerBindsEveryIpv4AddressAndACallerGoesOutFromAnyPort() {
        Endpoint.RistInput listener = (Endpoint.RistInput) in("rist://@:5000?secret=hunter2&weight=5&recovery-priority=2");
        assertThat(listener.paths()).containsExactly(new Endpoint.RistPath("path-1", at("0.0.0.0", 5000), null, Endpoint.Network.DEFAULT, 5, 2));
        assertThat(listener.session().role()).isEqualTo(Role.LISTENER);
        assertThat(listener.url()).isEqualTo("rist://@:5000?secret=***&weight=5&recovery-priority=2");
        Endpoint.RistOutput caller = (Endpoint.RistOutput) out("rist://b.example:6000?profile=simple&local-port=7000&miface=eth0&ttl=3");
        assertThat(caller.paths()).containsExactly(new Endpoint.RistPath("path-1", at("0.0.0.0", 7000), at("192.0.2.7", 6000), new Endpoint.Network("eth0", 3, List.of()), 0, 0));
        assertThat(caller.session().profile()).isEqualTo(Profile.SIMPLE);
        assertThat(((Endpoint.RistOutput) out("rist://[2001:db8::1]:6000")).paths().getFirst().local()).isEqualTo(at("::", 0));
    }

    @Test
    void ristToRistIsARelay() {
        FlowSpec relay = FlowSpecs.fromUrls("relay", List.of("rist://@:5000"), List.of("rist://b.example:6000", "rist://@:5002?profile=simple", "-"), WORLD);
        assertThat(relay.name()).isEqualTo("relay");
        assertThat(relay.inputs()).extracting(FlowSpec.Named::name).containsExactly("input-1");
        assertThat(relay.outputs()).extracting(FlowSpec.Named::name).containsExactly("output-1", "output-2", "output-3");
    }

    @Test
    void udpAndRtpAreReadWithGroupInterfaceTtlAndSources() {
        assertThat(in("udp://239.1.1.1:5004?miface=eth0&source=192.0.2.1,192.0.2.2")).isEqualTo(new Endpoint.Udp("udp://239.1.1.1:5004?miface=eth0&source=192.0.2.1,192.0.2.2", at("239.1.1.1", 5004),
                new Endpoint.Network("eth0", 0, List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("192.0.2.2"))), false, 33, 0));
        assertThat(in("udp://@:5004")).isEqualTo(new Endpoint.Udp("udp://@:5004", at("0.0.0.0", 5004), Endpoint.Network.DEFAULT, false, 33, 0));
        assertThat(in("rtp://:5004")).isEqualTo(new Endpoint.Udp("rtp://:5004", at("0.0.0.0", 5004), Endpoint.Network.DEFAULT, true, 33, 0));
        assertThat(out("rtp://[ff05::1]:5004?ttl=16&rtp-ptype=96&flow-id=0x10")).isEqualTo(
                new Endpoint.Udp("rtp://[ff05::1]:5004?ttl=16&rtp-ptype=96&flow-id=0x10", at("ff05::1", 5004), new Endpoint.Network(null, 16, List.of()), true, 96, 16));
        assertThat(in("udp://@[::]:5004")).extracting(e -> ((Endpoint.Udp) e).address()).isEqualTo(at("::", 5004));
    }

    @Test
    void filesPipesTestSignalAndNullAreRead(@TempDir Path dir) throws Exception {
        Path clip = Files.writeString(dir.resolve("a b%20.ts"), "x");
        assertThat(in("file:" + clip + "?loop=1")).isEqualTo(new Endpoint.File("file:" + clip + "?loop=1", clip, true, 0));
        assertThat(in("file://" + dir + "/a%20b%2520.ts")).isEqualTo(new Endpoint.File("file:" + clip, clip, false, 0));
        assertThat(out("file:" + dir.resolve("new.ts") + "?flow-id=8")).isEqualTo(new Endpoint.File("file:" + dir.resolve("new.ts") + "?flow-id=8", dir.resolve("new.ts"), false, 8));
        assertThat(in("-")).isEqualTo(new Endpoint.Pipe("-", 0));
        assertThat(in("pipe:")).isEqualTo(new Endpoint.Pipe("pipe:", 0));
        assertThat(out("pipe:?flow-id=2")).isEqualTo(new Endpoint.Pipe("pipe:?flow-id=2", 2));
        assertThat(in("test:")).isEqualTo(new Endpoint.TestSignal("test:", 10, 1316, 0));
        assertThat(in("test:?mbps=2.5&packet-bytes=188&null-share=0.3")).isEqualTo(new Endpoint.TestSignal("test:?mbps=2.5&packet-bytes=188&null-share=0.3", 2.5, 188, 0.3));
        assertThat(out("null:")).isEqualTo(new Endpoint.Null("null:"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            i | rist://@:5000?buffer-mim=5 | input rist://@:5000: buffer-mim: not a parameter of rist://; did you mean buffer-min?
            o | rist://u:hunter2@a:1 | output rist://***@a:1: host: a user before the @ is not part of rist://; write rist://host:port or, to listen, rist://@:port
            o | rist://nowhere.example:5000 | output rist://nowhere.example:5000: host: nowhere.example cannot be resolved to an address; check its spelling, or write the IP address
            o | rist://0.0.0.0:5000 | output rist://0.0.0.0:5000: host: 0.0.0.0 is every address, to which nothing can be sent; write the one to send to
            i | rist://@:5000?miface=eth9 | input rist://@:5000: miface: eth9 is not there; this machine has lo, eth0
            i | rist://@:5000?source=192.0.2.1 | input rist://@:5000: source: selects senders of a multicast group, but 0.0.0.0 is not one (224.0.0.0/4 or ff00::/8)
            i | rist://b.example:5000?source=192.0.2.1 | input rist://b.example:5000: source: belongs to a listener on a multicast group; leave it out here
            i | rist://@239.1.1.1:5000?source=2001:db8::1 | input rist://@239.1.1.1:5000: source: 2001:db8::1 and the group 239.1.1.1 are not both IPv4 or both IPv6
            i | udp://239.1.1.1:5000?source=192.0.2.1, | input udp://239.1.1.1:5000: source: an empty address; write source=192.0.2.1 or source=192.0.2.1,192.0.2.2
            i | udp://239.1.1.1 | input udp://239.1.1.1: port: missing; write udp://host:port with a port of 1..65535
            i | udp:@:5000 | input ***@:5000: url: after udp: two slashes are missing; write udp://host:port
            i | udp://@:5000?ttl=256 | input udp://@:5000: ttl: 256 is not in 0..255
            i | udp://@:5000?interface=eth0 | input udp://@:5000: interface: not a parameter of udp://; here it is called miface
            i | udp://@:5000?flow-id=2 | input udp://@:5000: flow-id: not a parameter of udp://; known: miface, ttl, source
            i | udp://@:5000?rtp-ptype=33 | input udp://@:5000: rtp-ptype: not a parameter of udp://; known: miface, ttl, source
            i | rtp://@:5000?rtp-ptype=128 | input rtp://@:5000: rtp-ptype: 128 is not in 0..127
            o | udp://@239.1.1.1:5000 | output udp://@239.1.1.1:5000: host: an @ listens, but an output sends; write udp://host:port
            o | udp://:5000 | output udp://:5000: host: missing; write udp://host:5000
            o | udp://b.example:5000?flow-id=7 | output udp://b.example:5000: flow-id: 7 is odd; the low bit marks retransmissions, take an even number
            o | udp://b.example:5000?source=192.0.2.1 | output udp://b.example:5000: source: not a parameter of udp://; known: miface, ttl, flow-id
            i | file: | input file:: file: no path; write file:PATH
            i | file:nowhere.ts | input file:nowhere.ts: file: nowhere.ts is not there
            i | file:src | input file:src: file: src is a directory; name a file in it
            i | file://host/a.ts | input file://host/a.ts: file: a host is not part of file://; write file:PATH or file:///PATH
            i | file:///a%zz | input file:///a%zz: path: a % is not followed by two hexadecimal digits; a % itself is written %25
            i | file:pom.xml?loop=2 | input file:pom.xml: loop: 2 is not in 0..1
            i | file:pom.xml?lop=1 | input file:pom.xml: lop: not a parameter of file:; did you mean loop?
            o | file:new.ts?loop=1 | output file:new.ts: loop: not a parameter of file:; known: flow-id
            i | test:5 | input test:5: url: 5 after test: means nothing; write test: or test:?mbps=…
            i | test:?mbps=0 | input test:: mbps: 0 is not in 0.05..1000
            i | test:?mbps=1e3 | input test:: mbps: 1e3 is not a number; 0.05..1000 are allowed
            i | test:?packet-bytes=200 | input test:: packet-bytes: 200 bytes are not a multiple of 188; take 188, 376, … 1316
            i | test:?packet-bytes=1504 | input test:: packet-bytes: 1504 is not in 188..1316
            i | test:?null-share=1 | input test:: null-share: 1 is not in 0..0.95
            i | null: | input null:: url: null: is an output; for a signal out of nothing take test:
            o | null:?x=1 | output null:: x: not a parameter of null:; known: none
            o | test: | output test:: url: test: is an input; to throw media away take null:
            i | pipe:?flow-id=2 | input pipe:: flow-id: not a parameter of pipe:; known: none
            i | clip.ts | input clip.ts: url: no scheme; known: rist://, udp://, rtp://, file:, pipe:, -, test: (a file is written file:clip.ts)
            i | ris://@:5000 | input ris://@:5000: url: ris is not a known scheme; known: rist://, udp://, rtp://, file:, pipe:, -, test:
            o | srt://b.example:9000?passphrase=hunter2 | output srt://b.example:9000: url: SRT is not spoken here; have the other end use rist://, or put a converter between that speaks udp:// to this one
            i | rtmp://b.example/live | input rtmp://b.example/live: url: RTMP is not spoken here; have the encoder send MPEG-TS by rist:// (OBS and FFmpeg can)
            """)
    void mistakeInAnUrlIsNamedWithTheUrl(String direction, String url, String message) {
        assertThatThrownBy(() -> { if (direction.equals("i")) in(url); else out(url); }).isInstanceOf(ConfigException.class).hasMessage(message);
        assertThat(message).doesNotContain("hunter2");
    }

    @Test
    void whatOneFlowCannotHaveIsNamed() {
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("test:", "-"), List.of("null:"), WORLD)).hasMessage("--input-policy: missing; two inputs need --input-policy failover or --input-policy merge");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("test:", "test:", "test:"), List.of("null:"), WORLD)).hasMessage("inputs: 3 inputs are not in 1..2");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of(), List.of("null:"), WORLD)).hasMessage("inputs: none given; a flow needs one input");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("test:"), List.of(), WORLD)).hasMessage("outputs: 0 outputs are not in 1..50");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("test:"), Collections.nCopies(51, "null:"), WORLD)).hasMessage("outputs: 51 outputs are not in 1..50");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("test:"), List.of("-", "pipe:"), WORLD)).hasMessage("output output-2: standard output is already used by output-1; take another one");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("rist://@:5000?profile=simple"), List.of("rist://@:5001"), WORLD)).hasMessage("output output-1: UDP port 5001 is already used by input-1; take another one");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("Studio A", List.of("test:"), List.of("null:"), WORLD))
                .hasMessage("--name: \"Studio A\" is not a name: 1..63 lower-case letters, digits and hyphens, the first and the last not a hyphen");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            failover | FAILOVER | 500 | | 5000 | 1000
            Failover,silence-ms=300,preferred=input-2,return-after-ms=0 | FAILOVER | 300 | input-2 | 0 | 1000
            merge | MERGE | 500 | | 5000 | 1000
            merge,skew-ms=200,silence-ms=60000 | MERGE | 60000 | | 5000 | 200
            """)
    void inputPolicyIsReadWithItsSettings(String text, InputPolicy.Mode mode, int silenceMs, String preferred, int returnAfterMs, int skewMs) {
        InputPolicy policy = InputPolicy.parse(text);
        assertThat(policy).isEqualTo(new InputPolicy(mode, silenceMs, preferred, returnAfterMs, skewMs));
        assertThat(FlowSpecs.fromUrls("f", List.of("rist://@:5000", "rtp://239.1.1.1:5004"), List.of("null:"), policy, WORLD).inputPolicy()).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            backup | --input-policy: backup is not one of failover, merge
            failover,silence=5 | --input-policy silence: not a setting of failover; did you mean silence-ms?
            failover,silence-ms=5 | --input-policy silence-ms: 5 ms is not in 50..60000 ms
            failover,silence-ms | --input-policy silence-ms: "" is not a whole number; 50..60000 ms are allowed
            failover,skew-ms=5 | --input-policy skew-ms: not a setting of failover; known: silence-ms, preferred, return-after-ms
            failover,silence-ms=50,silence-ms=60 | --input-policy silence-ms: given twice; give it once
            failover,preferred=main | preferred: main is not the name of an input; there are input-1, input-2
            merge,preferred=input-1 | --input-policy preferred: not a setting of merge; known: silence-ms, skew-ms
            merge,skew-ms=30001 | --input-policy skew-ms: 30001 ms is not in 10..30000 ms
            merge | input input-1: udp://@:5004 does not number its packets, which merging needs; take rtp:// or rist://, or fail-over
            """)
    void mistakeInAnInputPolicyIsNamed(String text, String message) {
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("udp://@:5004", "rist://@:5000"), List.of("null:"), InputPolicy.parse(text), WORLD))
                .isInstanceOf(ConfigException.class).hasMessage(message);
    }

    @Test
    void whatBelongsToTheOtherNumberOfInputsIsNamed() {
        InputPolicy failover = InputPolicy.parse("failover");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("test:"), List.of("null:"), failover, WORLD)).hasMessage("--input-policy: needs two inputs; give -i twice, or leave it out");
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("rist://@:5000", "rist://@:5002"), List.of("pipe:?flow-id=2"), failover, WORLD))
                .hasMessage("output output-1: flow-id picks one of the flows of a single input; leave it out where there are two");
    }

    @Test
    void twoMulticastGroupsMayShareAPort() {
        assertThat(FlowSpecs.fromUrls("f", List.of("rtp://239.1.1.1:5004", "rtp://239.1.1.2:5004"), List.of("null:"), InputPolicy.parse("merge"), WORLD).inputs()).hasSize(2);
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", List.of("rtp://@:5004", "rtp://@:5004"), List.of("null:"), InputPolicy.parse("merge"), WORLD))
                .hasMessage("input input-2: UDP port 5004 is already used by input-1; take another one");
    }

    @Test
    void outputsComeAndGoByTheirNames() {
        FlowSpec flow = FlowSpecs.fromUrls("f", List.of("test:"), List.of("null:"), WORLD);
        FlowSpec two = flow.with(new FlowSpec.Named("more", out("udp://b.example:5004")));
        assertThat(two.outputs()).extracting(FlowSpec.Named::name).containsExactly("output-1", "more");
        assertThat(two.without("output-1").outputs()).extracting(FlowSpec.Named::name).containsExactly("more");
        assertThatThrownBy(() -> two.with(new FlowSpec.Named("more", out("null:")))).hasMessage("name: more is the name of another output of this flow; choose another one");
        assertThatThrownBy(() -> flow.without("output-1")).hasMessage("outputs: output-1 is the only output; a flow needs one, add another before it is removed");
    }

    @Test
    void thisMachineAnswersForItself() {
        assertThat(FlowSpecs.fromUrls(List.of("udp://@127.0.0.1:5004?miface=lo"), List.of("null:")).name()).isEqualTo("flow");
        assertThatThrownBy(() -> FlowSpecs.fromUrls(List.of("rist://@:5000?miface=nothere9"), List.of("null:"))).hasMessageMatching("input rist://@:5000: miface: nothere9 is not there; this machine has .*\\blo\\b.*");
        assertThatThrownBy(() -> FlowSpecs.fromUrls(List.of("rist://nowhere.invalid:5000"), List.of("null:"))).hasMessageContaining("nowhere.invalid cannot be resolved");
    }
}
