package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.config.SessionConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One session on a bench: its clock is turned by hand, and what it does lies open. */
final class Lab implements EffectSink {
    static final long UNIX_START_NS = 1_795_000_000L * Ticks.NS_PER_SECOND;
    static final int FLOW = 0x1234_5678;

    /** A datagram that left. */
    record Sent(long atMs, int path, Lane lane, ByteBuffer bytes) {
        int u8(int at) {
            return bytes.get(at) & 0xFF;
        }

        int u16(int at) {
            return bytes.getShort(at) & 0xFFFF;
        }
    }

    final RistSession session;
    final List<Sent> sent = new ArrayList<>();
    final List<SessionEvent> events = new ArrayList<>();
    final List<KeyRequest> keys = new ArrayList<>();
    final List<Integer> closedPaths = new ArrayList<>();
    final List<Long> delivered = new ArrayList<>();
    /** Derive at once, or leave requests in {@link #keys}. */
    boolean derives = true;
    /** How late this host notices a deadline. */
    long tickMs = 1;

    private long nowMs = 1_000;

    Lab(RistSession session) {
        this.session = session;
        session.start(nowNs(), UNIX_START_NS, this);
        deriveAll();
    }

    static Lab sender(Profile profile, Role role, PskConfig psk) {
        return sender(profile, role, psk, RecoveryConfig.DEFAULT);
    }

    static Lab sender(Profile profile, Role role, PskConfig psk, RecoveryConfig recovery) {
        return new Lab(new SenderSession(new SenderConfig(session(profile, role, psk, recovery), FLOW, false, true), new SplittableRandom(1)));
    }

    static Lab receiver(Profile profile, Role role, PskConfig psk) {
        return receiver(profile, role, psk, RecoveryConfig.DEFAULT.withBufferMs(200, 200), ReceiverConfig.MAX_FLOWS);
    }

    static Lab receiver(Profile profile, Role role, PskConfig psk, RecoveryConfig recovery, int maxFlows) {
        return new Lab(new ReceiverSession(new ReceiverConfig(session(profile, role, psk, recovery), ReceiverConfig.NackType.RANGE, maxFlows), new SplittableRandom(2)));
    }

    static SessionConfig session(Profile profile, Role role, PskConfig psk, RecoveryConfig recovery) {
        return new SessionConfig(profile, role, role == Role.CALLER ? 1 : 0, recovery, psk, 2_000, 1_000, "lab", SessionConfig.DEFAULT_VIRT_DST_PORT);
    }

    long nowMs() {
        return nowMs;
    }

    long nowNs() {
        return nowMs * Ticks.NS_PER_MS;
    }

    /** Time passes; deadlines are met on the tick. */
    Lab run(long ms) {
        for (long until = nowMs + ms; nowMs < until; ) {
            nowMs++;
            if (nowMs % tickMs == 0 && session.nextDeadlineNs() <= nowNs()) session.onDeadline(nowNs(), this);
            deriveAll();
        }
        return this;
    }

    Lab in(int path, ByteBuffer datagram) {
        session.onDatagram(nowNs(), path, datagram, this);
        deriveAll();
        return this;
    }

    private void deriveAll() {
        while (derives && !keys.isEmpty()) session.onKeyDerived(nowNs(), keys.removeFirst().derive(), this);
    }

    List<Sent> sentOn(int path, Lane lane) {
        return sent.stream().filter(s -> s.path == path && s.lane == lane).toList();
    }

    boolean raised(Fault fault) {
        return events.stream().anyMatch(e -> e instanceof SessionEvent.FaultRaised r && r.fault() == fault);
    }

    boolean cleared(Fault fault) {
        return events.stream().anyMatch(e -> e instanceof SessionEvent.FaultCleared c && c.fault() == fault);
    }

    long count(Class<? extends SessionEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    @Override
    public void transmit(int path, Lane lane, ByteBuffer datagram) {
        ByteBuffer copy = ByteBuffer.allocate(datagram.remaining());
        copy.put(0, datagram, datagram.position(), datagram.remaining());
        sent.add(new Sent(nowMs, path, lane, copy));
    }

    @Override
    public void deliver(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        delivered.add(sequence);
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
        closedPaths.add(path);
    }
}
