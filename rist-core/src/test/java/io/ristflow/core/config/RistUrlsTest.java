package io.ristflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several URLs with commas between them are one session over several paths, as librist's tools take them. */
class RistUrlsTest {
    @Test
    void oneUrlIsOnePath() {
        RistUrls urls = RistUrls.parse("rist://192.0.2.1:5000?weight=5&buffer=300");
        assertThat(urls.toSender("us")).isEqualTo(RistUrl.parse("rist://192.0.2.1:5000?weight=5&buffer=300").toSender("us"));
        assertThat(urls.toSender("us").session().paths()).containsExactly(new PathConfig("path-1", 5, 0));
    }

    @Test
    void weightsPrioritiesAndMutingAreEachPathsOwn() {
        SessionConfig session = RistUrls.parse("rist://a:1?weight=5&recovery-priority=2,rist://b:2?rtt-drop=400&rtt-restore=200&rtt-drop-settle=1000&rtt-drop-trickle=50").toSender("us").session();
        assertThat(session.role()).isEqualTo(Role.CALLER);
        assertThat(session.paths()).containsExactly(new PathConfig("path-1", 5, 2), new PathConfig("path-2", 0, 0, 400, 200, 1_000, 50, null));
    }

    @Test
    void theRestIsTheSessionsWhereverItIsWritten() {
        SessionConfig session = RistUrls.parse("rist://a:1?buffer=400,RIST://b:2?max-retries=7&buffer=400&cname=me").toSender("us").session();
        assertThat(session.recovery().bufferMaxMs()).isEqualTo(400);
        assertThat(session.recovery().maxRetries()).isEqualTo(7);
        assertThat(session.cname()).isEqualTo("me");
    }

    @Test
    void secretsAreEachPathsOwn() {
        SessionConfig session = RistUrls.parse("rist://a:1?secret=one,rist://b:2?secret=two&aes-type=128,rist://c:3?secret=one").toSender("us").session();
        assertThat(session.psk()).isEqualTo(new PskConfig("one", 256, 0));
        assertThat(session.paths()).extracting(PathConfig::psk).containsExactly(null, new PskConfig("two", 128, 0), null);
    }

    @Test
    void listenersHaveSeveralPortsAndSplitAndMergeAreRead() {
        ReceiverConfig config = RistUrls.parse("rist://@:5000?merge=pairs,rist://@:5002?recovery-priority=1").toReceiver("us");
        assertThat(config.merge()).isEqualTo(MergeMode.PAIRS);
        assertThat(config.session().role()).isEqualTo(Role.LISTENER);
        assertThat(config.session().paths()).hasSize(2);
        assertThat(RistUrls.parse("rist://a:1?split=ts").toSender("us").split()).isEqualTo(SplitMode.AUTO);
        assertThat(RistUrls.parse("rist://a:1?split=half").toSender("us").split()).isEqualTo(SplitMode.HALF);
    }

    @Test
    void commaInAValueIsNoOtherPath() {
        RistUrls urls = RistUrls.parse("rist://@239.1.1.1:5000?source=192.0.2.1,192.0.2.2,rist://@:6000");
        assertThat(urls.paths()).hasSize(2);
        assertThat(urls.first().sources()).containsExactly("192.0.2.1", "192.0.2.2");
    }

    @Test
    void secretsAreNotShown() {
        assertThat(RistUrls.parse("rist://a:1?secret=hunter2,rist://b:2?secret=hunter2")).hasToString("rist://a:1?secret=***,rist://b:2?secret=***");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rist://a:1,rist://@:2 | path 2: one path listens and another calls; write @ before all hosts or before none
            rist://a:1?buffer=500,rist://b:2?buffer=600 | path 2: buffer is the whole session's and was something else before; write it once, or the same everywhere
            rist://a:1?profile=simple,rist://b:2?profile=main | path 1: port: 1 is odd; the Simple profile needs an even port in 2..65534 as the next port carries RTCP
            rist://a:2?profile=simple,rist://b:2?profile=main | path 2: profile is the whole session's and was something else before; write it once, or the same everywhere
            rist://a:1?secret=hunter2,rist://b:2 | path 2: secret: one path has a secret and another has none; write it at each, the same or different ones
            rist://a:1?cname=x,rist://b:2?cname=hunter2 | path 2: cname is the whole session's and was something else before; write it once, or the same everywhere
            rist://@:5000,rist://@:5000 | path 2: port 5000 is taken by path 1; take another one
            rist://a:1,rist://b | path 2: port: missing; write rist://host:port with a port of 1..65535
            rist://a:1,rist:// | path 2: port: missing; write rist://host:port with a port of 1..65535
            rist://a:1?weight=99999,rist://b:2 | path 1: weight: 99999 is not in 0..10000
            """)
    void whatDoesNotFitIsRefused(String urls, String message) {
        assertThatThrownBy(() -> RistUrls.parse(urls)).isInstanceOf(ConfigException.class).hasMessage(message);
    }
}
