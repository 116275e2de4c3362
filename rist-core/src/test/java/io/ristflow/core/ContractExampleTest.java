package io.ristflow.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.ReceiverConfig.NackType;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.config.SessionConfig;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The example of docs/contract.md, which quotes this file from the line "example" on. */
class ContractExampleTest {
    // example
    private static final int PATH = 0;

    /** What one session wants done. Everything is copied, nothing is called back: the loop below does it when the session's call is over. */
    private static final class Wishes implements EffectSink {
        record Datagram(Lane lane, ByteBuffer bytes) {}

        final Deque<Datagram> wire = new ArrayDeque<>();
        final Deque<KeyRequest> keys = new ArrayDeque<>();
        final List<String> delivered = new ArrayList<>();
        final List<SessionEvent> events = new ArrayList<>();

        @Override
        public void transmit(int path, Lane lane, ByteBuffer datagram) {
            wire.add(new Datagram(lane, ByteBuffer.allocate(datagram.remaining()).put(datagram).flip()));
        }

        @Override
        public void deliver(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
            delivered.add(UTF_8.decode(payload).toString());
        }

        @Override
        public void event(SessionEvent event) {
            events.add(event);
        }

        @Override
        public void deriveKey(KeyRequest request) {
            keys.add(request);
        }

        @Override
        public void closePath(int path) {
            // A host would now free the number for another address.
        }
    }

    private static SessionConfig config(Role role) {
        PskConfig psk = new PskConfig("correct horse", 256, 0);
        RecoveryConfig recovery = RecoveryConfig.DEFAULT.withBufferMs(200, 200);
        return new SessionConfig(Profile.MAIN, role, role == Role.CALLER ? 1 : 0, recovery, psk, 2_000, 1_000, role + "@example", 1_968);
    }

    @Test
    void everyPayloadIsDeliveredThoughOneInTenIsLost() {
        SplittableRandom random = new SplittableRandom(1);
        RistSender sender = Rist.sender(new SenderConfig(config(Role.CALLER), 0, false, true), random);
        RistReceiver receiver = Rist.receiver(new ReceiverConfig(config(Role.LISTENER), NackType.RANGE, 1), random);
        Wishes ofSender = new Wishes();
        Wishes ofReceiver = new Wishes();
        List<String> pushed = new ArrayList<>();

        receiver.start(0, 0, ofReceiver);
        sender.start(0, 0, ofSender);
        for (long nowNs = 0; nowNs < 3 * Ticks.NS_PER_SECOND; nowNs += Ticks.NS_PER_MS) {
            if (pushed.size() < 1_000) {
                pushed.add("payload " + pushed.size());
                sender.push(nowNs, UTF_8.encode(pushed.getLast()), ofSender);
            }
            fulfil(nowNs, sender, ofSender, receiver, ofReceiver, random);
            fulfil(nowNs, receiver, ofReceiver, sender, ofSender, random);
        }
        sender.close(3 * Ticks.NS_PER_SECOND, ofSender);
        receiver.close(3 * Ticks.NS_PER_SECOND, ofReceiver);

        assertThat(ofReceiver.delivered).isEqualTo(pushed);
        assertThat(receiver.stats(3 * Ticks.NS_PER_SECOND).flows().getFirst().recovered()).isPositive();
        assertThat(ofSender.events).hasAtLeastOneElementOfType(SessionEvent.PeerConnected.class);
    }

    /** One end's turn: its deadline, its keys, and its datagrams. Media is lost one time in ten, but for the first and the last of it: a gap shows between two packets only. */
    private static void fulfil(long nowNs, RistSession from, Wishes wishes, RistSession to, Wishes itsWishes, SplittableRandom random) {
        if (nowNs >= from.nextDeadlineNs()) from.onDeadline(nowNs, wishes);
        while (!wishes.keys.isEmpty()) from.onKeyDerived(nowNs, wishes.keys.remove().derive(), wishes);
        while (!wishes.wire.isEmpty()) {
            Wishes.Datagram datagram = wishes.wire.remove();
            boolean lossy = datagram.lane() == Lane.MEDIA && nowNs > 100 * Ticks.NS_PER_MS && nowNs < 900 * Ticks.NS_PER_MS;
            if (lossy && random.nextInt(10) == 0) continue;
            to.onDatagram(nowNs, PATH, datagram.bytes(), itsWishes);
        }
    }
    // end
}
