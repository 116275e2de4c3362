package io.ristflow.service.runtime;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.RistSession;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.net.DatagramPort;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Out-of-band datagrams (TR-06-2 §5.4) over UDP: what comes to one port goes to the peer, what the peer sends goes to one address. Each datagram for itself; none is repeated. On the flow's loop.
 */
final class SideChannel {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int ADDRESSES = 1_024;

    private final Endpoint.OutOfBand wiring;
    private final RistEnd.Opener opener;
    private final DatagramPort.Handler handler = this::onDatagram;
    private DatagramPort in;
    private DatagramPort out;
    private int destination;
    private RistSession session;
    private EffectSink sink;
    private long nowNs;
    private long received;
    private long receivedBytes;
    private long sent;
    private long sentBytes;
    private long dropped;

    SideChannel(Endpoint.OutOfBand wiring, RistEnd.Opener opener) {
        this.wiring = wiring;
        this.opener = opener;
    }

    void open() {
        if (wiring.from() != null) in = opener.open(wiring.from(), Endpoint.Network.DEFAULT, BUFFER_BYTES, 0);
        if (wiring.to() == null) return;
        try {
            out = opener.open(new InetSocketAddress(Resolver.any(wiring.to().getAddress()), 0), Endpoint.Network.DEFAULT, 0, BUFFER_BYTES);
            destination = out.intern(wiring.to());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A datagram of the peer's, to where they go. */
    void forward(int etherType, ByteBuffer payload) {
        if (out == null || etherType != wiring.etherType()) {
            dropped++;
            return;
        }
        received++;
        receivedBytes += payload.remaining();
        out.send(destination, payload);
    }

    /** What has come for the peer. @return datagrams read */
    int poll(long now, RistSession to, EffectSink effects) {
        if (in == null) return 0;
        nowNs = now;
        session = to;
        sink = effects;
        int count = in.receive(handler);
        session = null;
        sink = null;
        return count;
    }

    private void onDatagram(int address, ByteBuffer datagram) {
        int bytes = datagram.remaining();
        // Nobody is answered: a number is only good for the next sender
        if (address >= 0 && address < ADDRESSES) in.release(address);
        boolean fits = bytes > 0 && bytes <= RistSender.MAX_PAYLOAD_BYTES;
        if (!fits || session.pushOutOfBand(nowNs, wiring.etherType(), datagram, sink) == 0) {
            dropped++;
            return;
        }
        sent++;
        sentBytes += bytes;
    }

    void flush() {
        if (out != null) out.flush();
    }

    void close() {
        if (out != null) {
            out.flush();
            out.close();
        }
        if (in != null) in.close();
        in = null;
        out = null;
    }

    FlowSnapshot.OutOfBandView view() {
        return new FlowSnapshot.OutOfBandView(
                wiring.to() == null ? "" : RistEnd.text(wiring.to()), in == null ? "" : RistEnd.text(in.localAddress()), wiring.etherType(), received, receivedBytes, sent, sentBytes, dropped);
    }
}
