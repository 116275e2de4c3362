package io.ristflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RistUrlTest {
    private static ReceiverConfig receiver(String query) {
        return RistUrl.parse("rist://192.0.2.1:5000" + query).toReceiver("us");
    }

    private static SenderConfig sender(String query) {
        return RistUrl.parse("rist://192.0.2.1:5000" + query).toSender("us");
    }

    @Test
    void bareUrlMeansLibristsDefaultsAndTheMainProfile() {
        ReceiverConfig config = receiver("");
        assertThat(config).isEqualTo(new ReceiverConfig(new SessionConfig(Profile.ADVANCED, Role.CALLER, 1, RecoveryConfig.DEFAULT, null, 2_000, 1_000, "us", 1_968), ReceiverConfig.NackType.RANGE, 256));
        assertThat(sender("")).isEqualTo(new SenderConfig(config.session(), 0, false, true));
    }

    @Test
    void highestBitRateOfTheEncoderTurnsAdaptationOn() {
        assertThat(sender("?adapt-max=8000").adaptation()).isEqualTo(new AdaptationConfig(800, 8_000));
        assertThat(sender("?adapt-max=8000&adapt-min=2000").adaptation()).isEqualTo(new AdaptationConfig(2_000, 8_000));
        assertThat(sender("?adapt-max=0").adaptation()).isNull();
        assertThat(sender("?adapt-max=50").adaptation()).isEqualTo(new AdaptationConfig(10, 50));
        assertThat(receiver("?adaptation=1").linkReports()).isTrue();
        assertThat(receiver("?adaptation=0").linkReports()).isFalse();
    }

    @Test
    void webhookIsShownToNobody() {
        RistUrl url = RistUrl.parse("rist://192.0.2.1:5000?adapt-max=8000&adapt-webhook=https://encoder.example/rate?token%3Dgeheim");
        assertThat(url.adaptWebhook()).isEqualTo("https://encoder.example/rate?token=geheim");
        assertThat(url.redacted()).contains("adapt-webhook=***").doesNotContain("geheim");
    }

    @Test
    void atSignListensAndAnEmptyHostIsEveryAddress() {
        RistUrl url = RistUrl.parse("rist://@:5000");
        assertThat(url.listen()).isTrue();
        assertThat(url.host()).isEmpty();
        assertThat(url.toReceiver("us").session().role()).isEqualTo(Role.LISTENER);
        assertThat(url.toReceiver("us").session().paths()).hasSize(1);
        assertThat(RistUrl.parse("RIST://@[::]:5000").host()).isEqualTo("::");
        assertThat(RistUrl.parse("rist://[fe80::1%eth0]:5000/?rtt=5").host()).isEqualTo("fe80::1%eth0");
    }

    @Test
    void everyTuningKeyReachesItsSetting() {
        RecoveryConfig recovery = receiver("?buffer-min=200&buffer-max=2000&reorder-buffer=30&rtt-min=10&rtt-max=400&bandwidth=50000&return-bandwidth=900&min-retries=2&max-retries=40"
                + "&congestion-control=2&timing-mode=2").session().recovery();
        assertThat(recovery).isEqualTo(new RecoveryConfig(200, 2000, 30, 10, 400, 2, 40, 50_000, 900, CongestionControl.AGGRESSIVE, Timing.RTC));
        SessionConfig session = receiver("?session-timeout=5000&keepalive-interval=500&cname=studio%20a&virt-dst-port=7&secret=s&aes-type=128&key-rotation=300").session();
        assertThat(session.sessionTimeoutMs()).isEqualTo(5_000);
        assertThat(session.keepaliveIntervalMs()).isEqualTo(500);
        assertThat(session.cname()).isEqualTo("studio a");
        assertThat(session.virtDstPort()).isEqualTo(7);
        assertThat(session.psk()).isEqualTo(new PskConfig("s", 128, 300));
        RistUrl url = RistUrl.parse("rist://a:1?weight=5&recovery-priority=3&miface=eth0&ttl=16&source=192.0.2.9,192.0.2.10&local-port=7001");
        assertThat(url.weight()).isEqualTo(5);
        assertThat(url.recoveryPriority()).isEqualTo(3);
        assertThat(url.interfaceName()).isEqualTo("eth0");
        assertThat(url.ttl()).isEqualTo(16);
        assertThat(url.sources()).containsExactly("192.0.2.9", "192.0.2.10");
        assertThat(url.localPort()).isEqualTo(7001);
    }

    @Test
    void oneWayAndReflectorAreForThoseWhoCan() {
        SenderConfig blind = RistUrl.parse("rist://a:5000?one-way=1").toSender("us");
        assertThat(blind.session().oneWay()).isTrue();
        assertThat(blind.holdUntilPeer()).isFalse();
        assertThat(RistUrl.parse("rist://@:5000?one-way=1").toReceiver("us").session().oneWay()).isTrue();
        assertThat(RistUrl.parse("rist://@:5000").toReceiver("us").session().oneWay()).isFalse();
        assertThatThrownBy(() -> RistUrl.parse("rist://@:5000?one-way=1").toSender("us")).hasMessage("one-way: a sender that hears nobody cannot be called; write rist://host:port");
        assertThatThrownBy(() -> RistUrl.parse("rist://a:5000?one-way=1").toReceiver("us")).hasMessage("one-way: a receiver that is never heard cannot call; write rist://@:port");
        assertThat(RistUrl.parse("rist://@:5000?reflector=1").toSender("us").holdUntilPeer()).isFalse();
        assertThat(RistUrl.parse("rist://@:5000").toSender("us").holdUntilPeer()).isTrue();
        assertThatThrownBy(() -> RistUrl.parse("rist://a:5000?reflector=1").toSender("us")).hasMessage("reflector: 1 is for outputs that are called; write rist://@:5000 or leave reflector out");
    }

    @Test
    void oursReachTheirSettings() {
        assertThat(receiver("?nack-type=bitmask&max-flows=3")).extracting(ReceiverConfig::nackType, ReceiverConfig::maxFlows).containsExactly(ReceiverConfig.NackType.BITMASK, 3);
        assertThat(sender("?flow-id=0xFFFFFFFE&npd=1&fast-start=1")).extracting(SenderConfig::flowId, SenderConfig::nullPacketDeletion, SenderConfig::holdUntilPeer).containsExactly(-2, true, false);
        assertThat(sender("?flow-id=4294967294&null-packet-deletion=1")).extracting(SenderConfig::flowId, SenderConfig::nullPacketDeletion).containsExactly(-2, true);
    }

    @Test
    void secretWithoutASizeIsAes256AsInLibrist() {
        assertThat(receiver("?secret=s").session().psk().aesBits()).isEqualTo(256);
        assertThat(receiver("?secret=s&aes-type=0").session().psk().aesBits()).isEqualTo(256);
        assertThat(receiver("?secret=").session().psk()).isNull();
    }

    @Test
    void bandwidthZeroIsTheDefaultAndNotUnlimited() {
        assertThat(receiver("?bandwidth=0").session().recovery().maxBitrateKbps()).isEqualTo(100_000);
    }

    @Test
    void bufferSetsBothAndTheNarrowerKeysWinInAnyOrder() {
        assertThat(receiver("?buffer=500").session().recovery()).isEqualTo(RecoveryConfig.DEFAULT.withBufferMs(500, 500));
        assertThat(receiver("?buffer-max=900&buffer=500").session().recovery()).isEqualTo(RecoveryConfig.DEFAULT.withBufferMs(500, 900));
        assertThat(receiver("?buffer=10").session().recovery().reorderMs()).isEqualTo(10);
        assertThat(receiver("?rtt=70").session().recovery()).extracting(RecoveryConfig::rttMinMs, RecoveryConfig::rttMaxMs).containsExactly(70, 70);
    }

    @Test
    void defaultOfTheOtherEndGivesWayToTheEndThatWasWritten() {
        assertThat(receiver("?buffer-min=3000").session().recovery()).isEqualTo(RecoveryConfig.DEFAULT.withBufferMs(3000, 3000));
        assertThat(receiver("?buffer-max=300").session().recovery()).isEqualTo(RecoveryConfig.DEFAULT.withBufferMs(300, 300));
        assertThat(receiver("?max-retries=3").session().recovery()).extracting(RecoveryConfig::minRetries, RecoveryConfig::maxRetries).containsExactly(3, 3);
        assertThat(receiver("?rtt-min=700").session().recovery()).extracting(RecoveryConfig::rttMinMs, RecoveryConfig::rttMaxMs).containsExactly(700, 700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "0"})
    void simpleProfileTakesAnEvenPort(String profile) {
        assertThat(receiver("?profile=" + profile).session().profile()).isEqualTo(Profile.SIMPLE);
        assertThat(RistUrl.parse("rist://@:65534?profile=" + profile).port()).isEqualTo(65_534);
    }

    @ParameterizedTest
    @EnumSource
    void defaultOfEveryKeyMayBeWrittenOut(RistParameter parameter) {
        boolean noDefault = parameter == RistParameter.RTT;
        String query = parameter.key() + "=" + (noDefault ? "5" : parameter.defaultValue());
        RistUrl url = RistUrl.parse("rist://192.0.2.1:5000?" + query);
        SessionConfig session = RistParameter.SENDER_ONLY.contains(parameter) ? url.toSender("us").session() : url.toReceiver("us").session();
        assertThat(session).isEqualTo(noDefault ? receiver("?rtt-min=5&rtt-max=5").session() : receiver("").session());
    }

    @ParameterizedTest
    @ValueSource(strings = {"split=0", "split=off", "split=half", "merge=off", "merge=", "split", "rtt-drop-settle=2000", "rtt-drop-trickle=100", "recovery-depth=16", "weight=0", "recovery-priority=0", "username=", "srp-compat=0"})
    void whatASessionHasNoUseForIsTaken(String query) {
        assertThat(receiver("?" + (query.contains("=") ? query : query + "=")).session()).isEqualTo(receiver("").session());
    }

    @Test
    void valuesArePercentDecodedAndAPlusIsAPlus() {
        assertThat(receiver("?secret=a%26b%25%20c+%C3%A4%23#").session().psk().passphrase()).isEqualTo("a&b% c+ä##");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rist://@:5000", "rist://a.example:5000?buffer=500&profile=simple", "rist://[2001:db8::1]:5000?cname=a%20b%26c", "rist://@239.1.1.1:5000?miface=eth0&source=192.0.2.1,192.0.2.2"})
    void urlWithoutSecretsRoundTrips(String text) {
        assertThat(RistUrl.parse(text).redacted()).isEqualTo(text);
        assertThat(RistUrl.parse(RistUrl.parse(text).redacted())).isEqualTo(RistUrl.parse(text));
    }

    @Test
    void secretsAreNeverShown() {
        RistUrl url = RistUrl.parse("rist://a:5000?buffer=500&secret=hunter2&aes-type=128");
        assertThat(url.redacted()).isEqualTo("rist://a:5000?buffer=500&secret=***&aes-type=128");
        assertThat(url + " " + url.toReceiver("us") + url.toSender("us")).doesNotContain("hunter2");
    }

    @Test
    void callerLogsInAndAListenerTakesOneUserOrAFileOfThem() {
        assertThat(receiver("?username=alice&password=hunter2").session().srp()).isEqualTo(SrpConfig.of("alice", "hunter2"));
        assertThat(receiver("?username=alice&password=hunter2&srp-compat=1&srp-clear-media=1").session().srp()).isEqualTo(SrpConfig.of("alice", "hunter2").withCompat(true).withClearMedia(true));
        RistUrl listener = RistUrl.parse("rist://@:5000?srp-file=/etc/users");
        assertThat(listener.usersFile()).isEqualTo("/etc/users");
        assertThat(listener.toSender("us", "lines").session().srp()).isEqualTo(SrpConfig.ofUsers("lines"));
        assertThatThrownBy(() -> listener.toSender("us", "")).hasMessage("srp-file: is empty; ristsrppasswd USER PASSWORD writes a line");
        assertThatThrownBy(() -> RistUrl.parse("rist://@:5000?srp-file=f&username=a&password=b").toSender("us", "lines"))
                .hasMessage("srp-file: given together with username or password; a listener takes the one or the other");
        assertThat(receiver("").session().srp()).isNull();
    }

    @Test
    void passwordIsNeverShown() {
        RistUrl url = RistUrl.parse("rist://a:5000?username=alice&password=hunter2");
        assertThat(url.redacted()).isEqualTo("rist://a:5000?username=alice&password=***");
        assertThat(url + " " + url.toReceiver("us") + url.toSender("us")).contains("alice").doesNotContain("hunter2");
    }
}
