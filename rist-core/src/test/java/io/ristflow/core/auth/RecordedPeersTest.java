package io.ristflow.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.crypto.Passphrase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What true peers of three generations said, recorded with {@link LivePeer}: said again, it must have the same answers and let both in. */
class RecordedPeersTest {
    private final List<String> sent = new ArrayList<>();
    private final List<AuthOutput> rest = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "librist-0.2.20-called, true, LIBRIST, s3cr3tpass, 4", "librist-0.2.20-calling, false, LIBRIST, s3cr3tpass, 4",
        "librist-0.2.11-called, true, COMPAT, s3cr3tpass, 3", "librist-0.2.11-calling, false, COMPAT, s3cr3tpass, 3",
        "librist-0.2.7-called, true, COMPAT, , 2", "librist-0.2.7-calling, false, COMPAT, , 2"
    })
    void recordedPeerIsAnsweredInTheSameBytes(String recording, boolean call, String rules, String secret, int version) throws IOException {
        AuthMachine machine = LivePeer.machine(
                call, "alice", "correcthorse", rules.equals("COMPAT") ? AuthRules.COMPAT : AuthRules.LIBRIST, secret == null ? null : new Passphrase(secret));
        long nowNs = Ticks.NS_PER_SECOND;
        take(machine, nowNs, machine.step(nowNs, new AuthInput.Begin()));
        List<String> recorded = new ArrayList<>();
        for (String line : lines(recording)) {
            if (line.startsWith(">")) {
                recorded.add(line.substring(2));
                continue;
            }
            nowNs += 10 * Ticks.NS_PER_MS;
            byte[] bytes = HexFormat.of().parseHex(line.substring(2));
            EapolFrame frame = EapolFrame.read(ByteBuffer.wrap(bytes), 0, bytes.length);
            assertThat(frame).as(line).isNotNull();
            take(machine, nowNs, machine.step(nowNs, new AuthInput.Received(frame)));
        }
        assertThat(sent).isEqualTo(recorded);
        assertThat(machine.authenticated()).isTrue();
        assertThat(rest).singleElement().isInstanceOfSatisfying(AuthOutput.Authenticated.class, a -> assertThat(a.version()).isEqualTo(version));
    }

    private void take(AuthMachine machine, long nowNs, List<AuthOutput> outputs) {
        for (AuthOutput output : outputs) {
            if (output instanceof AuthOutput.Send send) sent.add(HexFormat.of().formatHex(AuthPair.bytes(send.frame())));
            else if (output instanceof AuthOutput.Compute compute) take(machine, nowNs, machine.step(nowNs, new AuthInput.Computed(compute.work().run())));
            else rest.add(output);
        }
    }

    private static List<String> lines(String recording) throws IOException {
        try (InputStream in = RecordedPeersTest.class.getResourceAsStream(recording + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
