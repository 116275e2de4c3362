package io.ristflow.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.Golden;
import io.ristflow.core.codec.eap.EapolFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss, doubles, disorder and garbage. */
class BadNetworkTest {
    @ParameterizedTest
    @ValueSource(strings = {"4", "3", "2"})
    void bothGetInThoughOneFrameInThreeIsLostAndMuchComesTwiceOrOutOfOrder(String version) {
        for (long seed = 0; seed < 25; seed++) {
            AuthRules most = new AuthRules(Math.min(3, Integer.parseInt(version)), Integer.parseInt(version), AuthRules.LIBRIST.hashing(), AuthRules.LIBRIST.layout(), 15);
            AuthPair pair = new AuthPair(AuthPair.client(most, "alice", "correcthorse"), AuthPair.server(most, AuthPair.alice()), seed);
            pair.loss = 0.33;
            pair.duplication = 0.3;
            pair.jitterNs = 60 * Ticks.NS_PER_MS;
            pair.begin();
            for (int second = 0; second < 40 && !pair.bothIn(); second++) pair.run(1_000);
            assertThat(pair.bothIn()).as("seed %d: %s", seed, pair.said).isTrue();
            assertThat(pair.ofServer).doesNotHaveAnyElementsOfTypes(AuthOutput.Refused.class);
        }
    }

    @Test
    void wrongPasswordStaysOutOnABadNetwork() {
        for (long seed = 0; seed < 10; seed++) {
            AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", "wrong"), AuthPair.server(AuthRules.LIBRIST, AuthPair.alice()), seed);
            pair.loss = 0.2;
            pair.duplication = 0.3;
            pair.begin().run(20_000);
            assertThat(pair.client.authenticated() || pair.server.authenticated()).isFalse();
        }
    }

    @Test
    void garbageNeitherThrowsNorLetsAnybodyInNorThrowsAnybodyOut() {
        List<byte[]> seeds = Arrays.stream(Golden.values()).filter(g -> g.name().startsWith("EAPOL_")).map(Golden::bytes).toList();
        SplittableRandom random = new SplittableRandom(20_261_123);
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse"), AuthPair.server(AuthRules.LIBRIST, AuthPair.alice()), 1);
        List<SrpWork> work = new ArrayList<>();
        long nowNs = 0;
        for (int i = 0; i < 60_000; i++) {
            nowNs += random.nextLong(40 * Ticks.NS_PER_MS);
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
            for (int n = random.nextInt(3); n > 0; n--) bytes[random.nextInt(Math.min(16, bytes.length))] = (byte) random.nextInt();
            EapolFrame frame = EapolFrame.read(ByteBuffer.wrap(bytes), 0, bytes.length);
            AuthMachine machine = random.nextBoolean() ? pair.client : pair.server;
            List<AuthOutput> out = new ArrayList<>();
            if (random.nextInt(50) == 0) out.addAll(machine.step(nowNs, new AuthInput.Begin()));
            if (frame != null) out.addAll(machine.step(nowNs, new AuthInput.Received(frame)));
            if (nowNs >= machine.nextDeadlineNs()) out.addAll(machine.onDeadline(nowNs));
            for (AuthOutput output : out) if (output instanceof AuthOutput.Compute compute) work.add(compute.work());
            // Results come late, or for what is long over; a few of the true ones, as each takes a millisecond or more
            if (work.size() > 2_000) work.clear();
            if (i % 100 == 0 && !work.isEmpty()) machine.step(nowNs, new AuthInput.Computed(work.get(random.nextInt(work.size())).run()));
            assertThat(machine.authenticated()).isFalse();
        }
    }

    @Test
    void strangersFramesDoNotThrowOutWhoIsIn() {
        AuthPair pair = new AuthPair(AuthPair.client(AuthRules.LIBRIST, "alice", "correcthorse"), AuthPair.server(AuthRules.LIBRIST, AuthPair.alice()), 1).begin().run(300);
        assertThat(pair.bothIn()).isTrue();
        List<byte[]> forged = List.of(
                Wire.bytes("03020000"), Wire.bytes("0300000404ff0004"), Wire.bytes("02000005013300 05 01"), Wire.bytes("0200000a 02330 00a 01 616c696365"), Wire.bytes("0400000702c100071310 80"));
        for (byte[] frame : forged) {
            pair.inject(pair.client, frame);
            pair.inject(pair.server, frame);
            pair.run(5_000);
            assertThat(pair.bothIn()).as(Arrays.toString(frame)).isTrue();
        }
    }

    private static final class Wire {
        static byte[] bytes(String hex) {
            return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        }
    }
}
