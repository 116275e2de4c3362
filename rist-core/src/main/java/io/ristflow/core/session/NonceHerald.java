package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Lane;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Keyring;
import java.nio.ByteBuffer;

/**
 * Announces the next nonce (TR-06-2 §7.6), three times, when at the present rate the key will change in 2 to 10 seconds. Sooner would be too late to keep the clause's one second; later
 * it would be forgotten. The key of another passphrase is announced at once. The present key then stays for a second after the last announcement whatever the rate becomes.
 */
final class NonceHerald {
    private static final int TIMES = 3;
    private static final long LEAST_AHEAD_NS = 2 * Ticks.NS_PER_SECOND;
    private static final long MOST_AHEAD_NS = 10 * Ticks.NS_PER_SECOND;
    /** TR-06-2 §7.6: no less than one second from the announcement to the change. */
    private static final long HOLD_NS = Ticks.NS_PER_SECOND;

    private static final long MEASURE_NS = 500 * Ticks.NS_PER_MS;

    private int nonce;
    private int times;
    private long lastNs;
    private long measuredNs;
    private long measuredLeft;
    private double packetsPerNs;

    void onTime(long nowNs, Keyring keyring, Dialect dialect, PathTable paths, EffectSink sink) {
        int next = keyring.nextNonce();
        if (next == 0) {
            nonce = 0;
            return;
        }
        long left = keyring.packetsToRotation();
        if (next != nonce) {
            nonce = next;
            times = 0;
            packetsPerNs = 0;
            measuredNs = nowNs;
            measuredLeft = left;
        } else if (nowNs - measuredNs >= MEASURE_NS) {
            packetsPerNs = (double) (measuredLeft - left) / (nowNs - measuredNs);
            measuredNs = nowNs;
            measuredLeft = left;
        }
        // TR-06-2 §7.4, §7.6: a change of passphrase is announced as soon as its key is there
        if (times == 0 ? keyring.changeToAnnounce() || inTime(left) : times < TIMES) {
            announce(keyring, dialect, paths, sink);
            keyring.announced();
            times++;
            lastNs = nowNs;
        }
        keyring.holdRotation(times > 0 && nowNs - lastNs < HOLD_NS);
    }

    private boolean inTime(long left) {
        return left >= packetsPerNs * LEAST_AHEAD_NS && left <= packetsPerNs * MOST_AHEAD_NS;
    }

    private static void announce(Keyring keyring, Dialect dialect, PathTable paths, EffectSink sink) {
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (!path.connected || path.peer.keyring() != keyring) continue;
            ByteBuffer datagram = dialect.futureNonce(path.peer);
            if (datagram != null) sink.transmit(path.number, Lane.CONTROL, datagram);
        }
    }
}
