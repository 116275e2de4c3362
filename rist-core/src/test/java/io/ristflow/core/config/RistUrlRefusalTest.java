package io.ristflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a rist:// URL is one line that names key, value and range; the lines themselves are the contract with users. */
class RistUrlRefusalTest {
    private static final String SYNTAX = """
            http://a:1 | url: does not start with rist://
            rist:/a:1 | url: does not start with rist://
            rist://a | port: missing; write rist://host:port with a port of 1..65535
            rist://@ | port: missing; write rist://@host:port with a port of 1..65535
            rist://[::1] | port: missing; write rist://host:port with a port of 1..65535
            rist://a: | port: missing after the colon; 1..65535 are allowed
            rist://a:0 | port: 0 is not in 1..65535
            rist://a:65536 | port: 65536 is not in 1..65535
            rist://a:-1 | port: -1 is not in 1..65535
            rist://a:abc | port: abc is not a whole number; 1..65535 are allowed
            rist://a:5 000 | port: "5 000" is not a whole number; 1..65535 are allowed
            rist://a:99999999999999999999 | port: 99999999999999999999 is not in 1..65535
            rist://:5000 | host: missing; write rist://host:5000 to call or rist://@:5000 to listen
            rist://u:hunter2@a:1 | host: a user before the @ is not part of rist://; write rist://host:port or, to listen, rist://@:port
            rist://a:1/x | host: a path after the port is not part of rist://; write rist://host:port?key=value
            rist://a:1&rtt=5 | port: parameters start with ?, not with &; write rist://host:port?key=value&key=value
            rist://a:1,b:2 | host: several addresses separated by a comma; the paths of a bond are whole URLs: rist://a:1,rist://b:2
            rist://a:1,rist://b:2 | host: several addresses separated by a comma; the paths of a bond are whole URLs: rist://a:1,rist://b:2
            rist://2001:db8::1:5000 | host: an IPv6 address stands in brackets: rist://[2001:db8::1]:5000
            rist://[::1:5000 | host: the [ of the IPv6 address has no ]
            rist://[1.2.3.4]:5000 | host: [1.2.3.4] is not an IPv6 address in brackets, such as [2001:db8::1]
            rist://[fe80::1%]:5000 | host: [fe80::1%] is not an IPv6 address in brackets, such as [2001:db8::1]
            rist://1.2.3:5000 | host: 1.2.3 is not an IPv4 address of four numbers in 0..255, such as 192.0.2.1
            rist://1.2.3.256:5000 | host: 1.2.3.256 is not an IPv4 address of four numbers in 0..255, such as 192.0.2.1
            rist://stüdio:5000 | host: "stüdio" is not a host: only letters, digits, dots and hyphens are allowed (an international name in its xn-- form)
            rist://a b:5000 | host: "a b" is not a host: only letters, digits, dots and hyphens are allowed (an international name in its xn-- form)
            rist://@:5001?profile=simple | port: 5001 is odd; the Simple profile needs an even port in 2..65534 as the next port carries RTCP
            rist://a:65535?profile=0 | port: 65535 is odd; the Simple profile needs an even port in 2..65534 as the next port carries RTCP
            rist://a:5000?profile=simple&local-port=7001 | local-port: 7001 is odd; the Simple profile needs an even port in 2..65534 as the next port carries RTCP
            rist://@:5000?local-port=7000 | local-port: only a caller has one; a listener's port stands after the host
            """;

    private static final String PARAMETERS = """
            buffer-mim=500 | buffer-mim: not a parameter of rist://; did you mean buffer-min?
            bufer=500 | bufer: not a parameter of rist://; did you mean buffer?
            Buffer=500 | Buffer: not a parameter of rist://; did you mean buffer?
            latency=500 | latency: not a parameter of rist://; here it is called buffer
            buffer_size=500 | buffer_size: not a parameter of rist://; here it is called buffer
            passphrase=x | passphrase: not a parameter of rist://; here it is called secret
            pbkeylen=16 | pbkeylen: not a parameter of rist://; here it is called aes-type
            rist_profile=1 | rist_profile: not a parameter of rist://; here it is called profile
            interface=eth0 | interface: not a parameter of rist://; here it is called miface
            keepalive=100 | keepalive: not a parameter of rist://; here it is called keepalive-interval
            zzz=100 | zzz: not a parameter of rist://; known: buffer, buffer-min, buffer-max, reorder-buffer, rtt, rtt-min, rtt-max, bandwidth, return-bandwidth, min-retries, \
            max-retries, congestion-control, session-timeout, keepalive-interval, timing-mode, secret, secret-odd, secret-in-force, aes-type, key-rotation, username, password, srp-compat, cname, virt-dst-port, weight, \
            recovery-priority, miface, ttl, source, compression, profile, split, merge, reflector, local-port, recovery-depth, rtt-drop, rtt-restore, rtt-drop-settle, rtt-drop-trickle, srp-file, srp-clear-media, dialect, flow-id, \
            npd, null-packet-deletion, nack-type, max-flows, fast-start, one-way, adaptation, adapt-max, adapt-min, adapt-webhook, oob-to, oob-from, oob-type
            buffer | buffer: has no value; write buffer=value
            buffer=1&buffer=2 | buffer: given twice; give it once
            buffer=1&&rtt=5 | parameters: an empty parameter (&& or a trailing &); write key=value&key=value
            buffer=1& | parameters: an empty parameter (&& or a trailing &); write key=value&key=value
            buffer= | buffer: "" is not a whole number; 1..30000 ms are allowed
            buffer=1.5 | buffer: 1.5 is not a whole number; 1..30000 ms are allowed
            buffer=1s | buffer: 1s is not a whole number; 1..30000 ms are allowed
            buffer=0 | buffer: 0 ms is not in 1..30000 ms
            buffer=30001 | buffer: 30001 ms is not in 1..30000 ms
            buffer=-5 | buffer: -5 ms is not in 1..30000 ms
            buffer-min=0 | buffer-min: 0 ms is not in 1..30000 ms
            buffer-max=99999 | buffer-max: 99999 ms is not in 1..30000 ms
            buffer-min=900&buffer-max=800 | buffer-min: 900 ms is above buffer-max 800 ms; lower the one or raise the other
            buffer=500&buffer-min=900 | buffer-min: 900 ms is above buffer-max 500 ms; lower the one or raise the other
            reorder-buffer=1001 | reorder-buffer: 1001 ms is not in 0..1000 ms
            rtt=0 | rtt: 0 ms is not in 1..5000 ms
            rtt-min=5001 | rtt-min: 5001 ms is not in 1..5000 ms
            rtt-max=x | rtt-max: x is not a whole number; 1..5000 ms are allowed
            rtt-min=50&rtt-max=40 | rtt-min: 50 ms is above rtt-max 40 ms; lower the one or raise the other
            bandwidth=10000001 | bandwidth: 10000001 kbit/s is not in 0..10000000 kbit/s
            return-bandwidth=-1 | return-bandwidth: -1 kbit/s is not in 0..10000000 kbit/s
            min-retries=101 | min-retries: 101 is not in 0..100
            max-retries=140 | max-retries: 140 is not in 0..100
            min-retries=9&max-retries=8 | min-retries: 9 is above max-retries 8; lower the one or raise the other
            congestion-control=3 | congestion-control: 3 is not in 0..2
            congestion-control=normal | congestion-control: normal is not a whole number; 0..2 are allowed
            timing-mode=3 | timing-mode: 3 is not in 0..2
            session-timeout=399 | session-timeout: 399 ms is not in 400..600000 ms
            keepalive-interval=99 | keepalive-interval: 99 ms is not in 100..10000 ms
            aes-type=192&secret=hunter2&profile=main | aes-type: 192 is not in {128, 256}: the Main profile signals the key size in one bit (TR-06-2 §7.1), so a peer could not know; take 256, or profile=advanced at both ends
            aes-type=512&secret=hunter2 | aes-type: 512 is not one of 128, 192, 256
            aes-type=256 | aes-type: 256 without a secret; add secret=… or leave aes-type out
            key-rotation=300 | key-rotation: 300 packets without a secret; add secret=… or leave key-rotation out
            key-rotation=4294967296&secret=hunter2 | key-rotation: 4294967296 packets is not in 0..4294967295 packets
            secret-odd=hunter2 | secret-odd: the second of two passphrases, and the first is missing; add secret=… or leave secret-odd out
            secret-in-force=odd | secret-in-force: odd without a secret; add secret=… and secret-odd=…, or leave secret-in-force out
            secret=hunter2&secret-in-force=odd | secret-in-force: odd without an odd passphrase; add secret-odd=… or leave secret-in-force out
            secret=hunter2&secret-odd=hunter2%00 | secret-odd: the passphrase holds a NUL, at which peers would cut it; take another one
            secret=hunter2&secret-odd=hunter2&secret-in-force=both | secret-in-force: both is not one of even, odd
            secret=hunter2%00 | secret: the passphrase holds a NUL, at which peers would cut it; take another one
            secret=hunter2%4 | secret: a % is not followed by two hexadecimal digits; a % itself is written %25
            secret=hunter2%zz | secret: a % is not followed by two hexadecimal digits; a % itself is written %25
            secret=hunter2%ff | secret: its percent-encoded bytes are not UTF-8
            secret=my&hunter2 | secret: what follows the & after it is not a parameter of rist://; an & inside a value is written %26
            secret=my&hunter2=x | secret: what follows the & after it is not a parameter of rist://; an & inside a value is written %26
            secret=hunter2&profile=simple | secret: the Simple profile has no encryption (TR-06-1); take profile=main or leave the secret out
            secret=hunter2&secret=hunter2 | secret: given twice; give it once
            profile=3 | profile: 3 is not one of simple, main, 0, 1, 2, advanced, auto
            profile=Main | profile: Main is not one of simple, main, 0, 1, 2, advanced, auto
            dialect=loose | dialect: loose is not one of librist, strict
            dialect=strict&profile=main | dialect: strict is for the Advanced profile; add profile=advanced or leave dialect out
            username=alice | password: missing; username is given, and one means nothing without the other
            password=hunter2 | username: missing; password is given, and one means nothing without the other
            srp-compat=1 | srp-compat: 1 without a login; add username=… and password=…, or srp-file=…, or leave srp-compat out
            srp-clear-media=1 | srp-clear-media: 1 without a login; add username=… and password=…, or srp-file=…, or leave srp-clear-media out
            srp-compat=2 | srp-compat: 2 is not one of 0, 1
            srp-file=users.txt | srp-file: belongs to a listener; a caller has username and password
            username=alice&password=hunter2&profile=simple | username: the Simple profile has no authentication (TR-06-1); take profile=main or leave username, password and srp-file out
            compression=1&profile=main | compression: only the Advanced profile has it; add profile=advanced or leave compression out
            compression=2&profile=advanced | compression: 2 is not one of 0, 1
            split=third | split: third is not one of off, auto, half
            merge=triples | merge: triples is not one of off, pairs, auto
            reflector=2 | reflector: 2 is not one of 0, 1
            reflector=1 | reflector: callers who want the media have a port of their own here: add an output such as rist://@:PORT?reflector=1, and leave it out here
            one-way=yes | one-way: yes is not one of 0, 1
            rtt-drop=10001 | rtt-drop: 10001 ms is not in 0..10000 ms
            rtt-restore=80 | rtt-restore: 80 ms is above rtt-drop 0 ms; lower the one or raise the other
            rtt-drop-settle=60001 | rtt-drop-settle: 60001 ms is not in 0..60000 ms
            rtt-drop-trickle=-1 | rtt-drop-trickle: -1 packets is not in 0..10000 packets
            recovery-depth=17 | recovery-depth: 17 is not in 0..16
            weight=-1 | weight: -1 is not in 0..10000
            recovery-priority=x | recovery-priority: x is not a whole number; 0..10000 are allowed
            virt-dst-port=0 | virt-dst-port: 0 is not in 1..65534
            local-port=65536 | local-port: 65536 is not in 0..65535
            ttl=256 | ttl: 256 is not in 0..255
            cname=a%0Ab | cname: holds a control character; take it out
            miface=%1b[31m | miface: holds a control character; take it out
            max-flows=0 | max-flows: 0 is not in 1..256
            max-flows=257 | max-flows: 257 is not in 1..256
            nack-type=ranges | nack-type: ranges is not one of range, bitmask
            npd=1 | npd: belongs to a sender (an output); leave it out here
            flow-id=2 | flow-id: belongs to a sender (an output); leave it out here
            fast-start=1 | fast-start: belongs to a sender (an output); leave it out here
            flow-id=3 | flow-id: 3 is odd; the low bit marks retransmissions, take an even number
            flow-id=0xABCDEF01 | flow-id: 0xABCDEF01 is odd; the low bit marks retransmissions, take an even number
            flow-id=0xG | flow-id: 0xG is not a hexadecimal number; even numbers in 0x0..0xFFFFFFFE are allowed
            flow-id=4294967296 | flow-id: 4294967296 is not in 0..4294967294
            npd=2 | npd: 2 is not one of 0, 1
            fast-start=yes | fast-start: yes is not one of 0, 1
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = SYNTAX)
    void syntaxIsNamed(String url, String message) {
        assertThatThrownBy(() -> RistUrl.parse(url).toReceiver("us")).isInstanceOf(ConfigException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = PARAMETERS)
    void parameterIsNamedWithValueAndRange(String query, String message) {
        assertThatThrownBy(() -> RistUrl.parse("rist://192.0.2.1:5000?" + query).toReceiver("us")).isInstanceOf(ConfigException.class).hasMessage(message);
        assertThat(message).doesNotContain("hunter2").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nack-type=bitmask | nack-type: belongs to a receiver (an input); leave it out here
            max-flows=2 | max-flows: belongs to a receiver (an input); leave it out here
            npd=1&null-packet-deletion=1 | npd: the same as null-packet-deletion; give one of them
            """)
    void senderRefusesWhatIsAReceivers(String query, String message) {
        assertThatThrownBy(() -> RistUrl.parse("rist://192.0.2.1:5000?" + query).toSender("us")).isInstanceOf(ConfigException.class).hasMessage(message);
    }

    @Test
    void longPassphraseAndLongCnameAreRefusedByTheirLengthAlone() {
        assertThatThrownBy(() -> RistUrl.parse("rist://a:1?secret=" + "hunter2".repeat(19)).toReceiver("us")).hasMessage("secret: a passphrase of 133 bytes is not in 1..127 bytes");
        assertThatThrownBy(() -> RistUrl.parse("rist://a:1?cname=" + "x".repeat(128))).hasMessage("cname: 128 bytes are not in 0..127 bytes");
    }

    @Test
    void moreThan32ParametersAreRefusedAsByLibrist() {
        StringBuilder url = new StringBuilder("rist://a:1?");
        for (RistParameter parameter : RistParameter.values()) url.append(url.toString().endsWith("?") ? "" : "&").append(parameter.key()).append('=').append(parameter.defaultValue());
        assertThatThrownBy(() -> RistUrl.parse(url.toString())).hasMessage("parameters: 58 parameters are not in 0..32");
    }
}
