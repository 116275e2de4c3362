package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.codec.gre.GreHeader;
import io.ristflow.core.profile.Dialect;
import io.ristflow.core.profile.Inbound;
import java.nio.ByteBuffer;

/** Datagrams that are none of RIST's own (TR-06-2 §5.4), to and from peers that are connected. */
final class OutOfBandDesk {
    private final Dialect dialect;
    private final PathTable paths;

    OutOfBandDesk(Dialect dialect, PathTable paths) {
        this.dialect = dialect;
        this.paths = paths;
    }

    /** Only a peer that has shown itself is listened to. The host sees the bytes as they lie in the datagram. */
    void onDatagram(long nowNs, Path path, Inbound in, EffectSink sink) {
        if (!path.connected || !path.login.admitted || in.end == in.offset) return;
        path.lastHeardNs = nowNs;
        int position = in.buffer.position();
        int limit = in.buffer.limit();
        sink.deliverOutOfBand(path.number, in.etherType, in.buffer.limit(in.end).position(in.offset));
        in.buffer.limit(limit).position(position);
    }

    /** As {@link io.ristflow.core.api.RistSession#pushOutOfBand}. */
    int push(long nowNs, int etherType, ByteBuffer payload, EffectSink sink) {
        int bytes = payload.remaining();
        if (bytes < 1 || bytes > RistSender.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("an out-of-band payload of " + bytes + " bytes is not in 1.." + RistSender.MAX_PAYLOAD_BYTES + " bytes");
        }
        if (!GreHeader.outOfBand(etherType)) throw new IllegalArgumentException("EtherType " + etherType + " is not one that out-of-band datagrams may have");
        int peers = 0;
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.at(i);
            if (!open(nowNs, path) || otherWayTo(nowNs, path)) continue;
            ByteBuffer datagram = dialect.outOfBand(path.peer, etherType, payload);
            if (datagram == null) continue;
            peers++;
            sink.transmit(path.number, Lane.MEDIA, datagram);
        }
        return peers;
    }

    private static boolean open(long nowNs, Path path) {
        return path.connected && path.ready() && path.login.admitted && nowNs >= path.quietUntilNs;
    }

    /** Whether a better path leads to the same peer: of a caller's paths the one that heard last. A listener cannot tell whose paths are whose. */
    private boolean otherWayTo(long nowNs, Path path) {
        if (!path.configured) return false;
        for (int i = 0; i < paths.size(); i++) {
            Path other = paths.at(i);
            if (other == path || !other.configured || !open(nowNs, other)) continue;
            if (other.lastHeardNs > path.lastHeardNs || other.lastHeardNs == path.lastHeardNs && other.number < path.number) return true;
        }
        return false;
    }
}
