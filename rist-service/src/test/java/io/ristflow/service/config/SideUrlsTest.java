package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.config.ConfigException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes beside the media: out-of-band datagrams and the encoder's webhook, in URLs. */
class SideUrlsTest {
    private static Endpoint.RistOutput output(String query) {
        return (Endpoint.RistOutput) FlowSpecs.output("rist://192.0.2.1:5000?" + query, new FakeResolver());
    }

    @Test
    void datagramsAreHandedOnAndTakenIn() {
        Endpoint.OutOfBand side = output("oob-to=192.0.2.9:7000&oob-from=7001").outOfBand();
        assertThat(side).isEqualTo(new Endpoint.OutOfBand(new InetSocketAddress("192.0.2.9", 7000), new InetSocketAddress("127.0.0.1", 7001), 0x0800));
        assertThat(output("oob-from=[::]:7001&oob-type=34525").outOfBand()).isEqualTo(new Endpoint.OutOfBand(null, new InetSocketAddress("::", 7001), 0x86DD));
        assertThat(output("oob-from=0.0.0.0:7001&oob-type=0xFFFF").outOfBand().etherType()).isEqualTo(0xFFFF);
        assertThat(((Endpoint.RistInput) FlowSpecs.input("rist://@:5000?oob-to=[2001:db8::1]:7000", new FakeResolver())).outOfBand().to().getPort()).isEqualTo(7000);
        assertThat(output("buffer=500").outOfBand()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            oob-to=7000 | oob-to: port: missing; write host:port with a port of 1..65535
            oob-to=:7000 | oob-to: a host is missing; write oob-to=127.0.0.1:7000
            oob-to=0.0.0.0:7000 | oob-to: 0.0.0.0 is every address, to which nothing can be sent; write the one to send to
            oob-to=a:0 | oob-to: port: 0 is not in 1..65535
            oob-to=a:7000%3Fx=1 | oob-to: host: a:7000?x=1 has parameters; write host:port
            oob-from=70000 | oob-from: port: 70000 is not in 1..65535
            oob-from=x | oob-from: port: x is not a whole number; 1..65535 are allowed
            oob-to=a:1&profile=simple | oob-to: the Simple profile has no tunnel for datagrams beside the media; take profile=main
            oob-from=7001&oob-type=0x88b6 | oob-type: 0x88b6 is RIST's own; take 0x0800 or one that is in nobody's use
            oob-from=7001&oob-type=0x05FF | oob-type: 0x05FF is not an EtherType in 0x0600..0xFFFF, such as 0x0800
            oob-from=7001&oob-type=ip | oob-type: ip is not an EtherType in 0x0600..0xFFFF, such as 0x0800
            adapt-max=5 | adapt-max: 5 kbit/s is not in 10..10000000 kbit/s
            adapt-max=1000&adapt-min=2000 | adapt-min: 2000 kbit/s is above adapt-max=1000 kbit/s; take at most that
            adapt-min=2000 | adapt-max: missing; adapt-min goes with the encoder's highest bit rate: add adapt-max=… in kbit/s
            adapt-webhook=http://hunter2/ | adapt-max: missing; adapt-webhook goes with the encoder's highest bit rate: add adapt-max=… in kbit/s
            adapt-max=9000&adapt-webhook=ftp://hunter2/ | adapt-webhook: does not start with http:// or https://
            adapt-max=9000&adapt-webhook=hunter2 | adapt-webhook: does not start with http:// or https://
            adapt-max=9000&adapt-webhook=http:///hunter2 | adapt-webhook: names no host; write http://host:port/path
            adapt-max=9000&adapt-webhook=https://me:hunter2@a/ | adapt-webhook: a user before the @ is not sent; put a token into the path or the query
            adapt-max=9000&adapt-webhook=https://a/%20hunter2 | adapt-webhook: not a URL: Illegal character in path at character 11; write https://host:port/path
            adapt-max=9000&adapt-webhook=https://a/?t=1&hunter2=2 | adapt-webhook: what follows the & after it is not a parameter of rist://; an & inside a value is written %26
            adaptation=1 | adaptation: belongs to a receiver (an input); leave it out here
            """)
    void mistakeIsNamedInOneLine(String query, String message) {
        assertThatThrownBy(() -> output(query)).isInstanceOf(ConfigException.class).hasMessage("output rist://192.0.2.1:5000: " + message);
        assertThat(message).doesNotContain("hunter2");
    }

    @Test
    void portForDatagramsIsNotTakenTwice() {
        assertThatThrownBy(() -> FlowSpecs.fromUrls("f", java.util.List.of("rist://@127.0.0.1:5000"), java.util.List.of("rist://192.0.2.1:6000?oob-from=5000"), new FakeResolver()))
                .hasMessageContaining("UDP port 5000 of 127.0.0.1 is already used by input-1");
    }

    @Test
    void webhookStandsInNothingThatIsShown() {
        Endpoint.RistOutput output = output("adapt-max=9000&adapt-webhook=https://encoder.example/rate?token=geheim");
        assertThat(output.webhook()).hasToString("https://encoder.example/rate?token=geheim");
        assertThat(output.url() + output).doesNotContain("geheim");
    }
}
