package io.ristflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a user writes, only {@link ConfigException} escapes, in one line, and the passphrase is not in it. */
class RistUrlFuzzTest {
    private static final String MARK = "hunter2";
    private static final String[] SEEDS = {
        "rist://@:5000", "rist://192.0.2.1:5000?buffer=500&secret=" + MARK + "&aes-type=128", "rist://[2001:db8::1%eth0]:6000?profile=simple&flow-id=0xAA&source=192.0.2.1,192.0.2.2",
        "rist://host.example:1/?cname=a%20b&rtt-min=5&rtt-max=500&weight=5&username=&split=off&max-flows=4", "rist://u:" + MARK + "@a:1?secret=%41" + MARK
    };

    private static void tryOut(String text, boolean marked) {
        try {
            RistUrl url = RistUrl.parse(text);
            assertThat(url.redacted()).doesNotContain("\n");
            // Half a surrogate pair has no UTF-8 form, so it cannot come back.
            boolean sound = text.chars().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
            if (sound && !url.parameters().containsKey("secret") && !url.parameters().containsKey("password")) assertThat(RistUrl.parse(url.redacted())).isEqualTo(url);
            url.sources();
            url.toReceiver("us");
            url.toSender("us");
            RistUrls.parse(text).toSender("us");
            RistUrls.parse(text + "," + text).toReceiver("us");
        } catch (ConfigException refusal) {
            assertThat(refusal.getMessage()).doesNotContain("\n").doesNotContain("\r");
            if (marked) assertThat(refusal.getMessage()).doesNotContain(MARK);
        }
    }

    @Test
    void mutatedUrlsAreTakenOrRefusedButNeverCrash() {
        Random random = new Random(20261123);
        String alphabet = "rist:/@[]?&=%,.-_0123456789abcdefxZ \n\u0000\u00e4\u2028\ud800+#" + MARK;
        for (int round = 0; round < 60_000; round++) {
            StringBuilder text = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 2 -> text.deleteCharAt(at);
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(12))));
                }
                if (text.isEmpty()) break;
            }
            tryOut(text.toString(), false);
        }
    }

    /** Mutations that leave the passphrase in its place: it must not come back in a message. */
    @Test
    void passphraseIsInNoMessage() {
        Random random = new Random(7);
        RistParameter[] parameters = RistParameter.values();
        String[] values = {"", "-1", "0", "1", "x", "192", "99999999", "%", "simple", "a%0Ab"};
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("rist://192.0.2.1:").append(random.nextInt(70_000)).append("?secret=").append(random.nextBoolean() ? "a&" : "").append(MARK).append(random.nextBoolean() ? "%2" : "");
            for (int more = random.nextInt(5); more > 0; more--) {
                text.append('&').append(parameters[random.nextInt(parameters.length)].key()).append(random.nextInt(8) == 0 ? "x" : "").append('=').append(values[random.nextInt(values.length)]);
            }
            tryOut(text.toString(), true);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyTextIsTakenOrRefused(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        tryOut(text, false);
        tryOut("rist://" + text, false);
        tryOut("rist://@:5000?" + text, false);
    }
}
