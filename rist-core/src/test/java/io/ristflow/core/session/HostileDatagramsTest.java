package io.ristflow.core.session;

import static io.ristflow.core.session.Lab.FLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Noise, and valid datagrams with bytes changed, cut and replayed, into both roles: nothing is thrown, little is kept, and a stream passes afterwards. */
class HostileDatagramsTest {
    private static final int DATAGRAMS = 70_000;

    private final ByteBuffer payload = ByteBuffer.allocate(1_316);

    @ParameterizedTest
    @CsvSource({"SIMPLE, 0, 1", "MAIN, 0, 2", "MAIN, 128, 3", "MAIN, 256, 4", "ADVANCED, 0, 5", "ADVANCED, 256, 6"})
    void sessionOutlivesWhateverComes(Profile profile, int aesBits, long seed) {
        PskConfig psk = aesBits == 0 ? null : aesBits == 128 ? new PskConfig("secret", 128, 0) : new PskConfig("other", "secret", true, 256, 0);
        SplittableRandom random = new SplittableRandom(seed);
        Lab sender = Lab.sender(profile, Role.LISTENER, psk);
        Lab receiver = Lab.receiver(profile, Role.LISTENER, psk);
        List<ByteBuffer> seeds = recorded(profile, psk);
        for (int i = 0; i < DATAGRAMS; i++) {
            ByteBuffer datagram = random.nextInt(4) == 0 ? noise(random) : mutated(seeds.get(random.nextInt(seeds.size())), random);
            int path = random.nextInt(100);
            for (Lab lab : List.of(sender, receiver)) {
                try {
                    lab.in(path, datagram.duplicate());
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", datagram " + i + " into " + lab.session.getClass().getSimpleName(), e);
                }
                if (i % 20 == 0) lab.run(1);
                if (i % 1_000 == 0) forget(lab);
            }
            if (i % 50 == 0) ((RistSender) sender.session).push(sender.nowNs(), payload.clear(), sender);
        }
        var stats = ((RistReceiver) receiver.session).stats(receiver.nowNs());
        assertThat(stats.paths().size()).isLessThanOrEqualTo(256 + 64);
        assertThat(stats.flows().size()).isLessThanOrEqualTo(256);

        receiver.run(3_000);
        sender.run(3_000);
        forget(receiver);
        Lab caller = Lab.sender(profile, Role.CALLER, psk);
        caller.run(receiver.nowMs() - caller.nowMs());
        for (int i = 0; i < 500; i++) {
            ((RistSender) caller.session).push(caller.nowNs(), payload.clear(), caller);
            exchange(caller, receiver);
            exchange(caller, receiver);
        }
        for (int i = 0; i < 400; i++) exchange(caller, receiver);
        assertThat(receiver.delivered).hasSize(500);
    }

    /** What a sender and a receiver say to each other in half a second. */
    private List<ByteBuffer> recorded(Profile profile, PskConfig psk) {
        Lab caller = Lab.sender(profile, Role.CALLER, psk);
        Lab listener = Lab.receiver(profile, Role.LISTENER, psk);
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            ((RistSender) caller.session).push(caller.nowNs(), payload.clear(), caller);
            if (i % 10 == 3) caller.sent.removeLast();
            for (Lab lab : List.of(caller, listener)) for (Lab.Sent s : lab.sent) all.add(copy(s.bytes()));
            exchange(caller, listener);
        }
        all.add(Datagrams.keepAlive(true));
        all.add(Datagrams.feedback(FLOW, Datagrams.bye(FLOW)));
        return all;
    }

    private static ByteBuffer noise(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 4 && random.nextBoolean()) bytes[0] = (byte) new int[] {0x80, 0x10, 0x30, 0x90, 0xA0, 0xB0, 0x81}[random.nextInt(7)];
        return ByteBuffer.wrap(bytes);
    }

    private static ByteBuffer mutated(ByteBuffer seed, SplittableRandom random) {
        ByteBuffer b = copy(seed);
        for (int i = random.nextInt(4); i > 0; i--) b.put(random.nextInt(Math.clamp(b.limit(), 1, 60)), (byte) random.nextInt());
        if (random.nextInt(4) == 0) b.limit(random.nextInt(b.limit() + 1));
        return b;
    }

    private static ByteBuffer copy(ByteBuffer from) {
        return ByteBuffer.allocate(from.limit()).put(0, from, 0, from.limit());
    }

    private static void forget(Lab lab) {
        lab.sent.clear();
        lab.events.clear();
        lab.delivered.clear();
        lab.closedPaths.clear();
    }

    private static void exchange(Lab a, Lab b) {
        List<Lab.Sent> fromA = List.copyOf(a.sent);
        List<Lab.Sent> fromB = List.copyOf(b.sent);
        a.sent.clear();
        b.sent.clear();
        for (Lab.Sent s : fromA) b.in(0, s.bytes());
        for (Lab.Sent s : fromB) if (s.path() == 0) a.in(0, s.bytes());
        a.run(1);
        b.run(1);
    }
}
