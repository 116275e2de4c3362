package io.ristflow.service.media;

import io.ristflow.core.base.Ticks;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.PortStats;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * One datagram per payload, on rtp:// behind an RTP header whose timestamp is the source's clock at 90 kHz. A batch leaves at {@link
 * #flush}; what the kernel does not take the port counts, so a dead destination costs nobody anything.
 */
final class UdpOutput implements MediaOutput {
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    private final String url;
    private final PortOpener ports;
    private final DatagramPort port;
    private final int destination;
    private final FlowGate gate;
    private final boolean rtp;
    private final int payloadType;
    private final int ssrc;
    private final ByteBuffer scratch;
    private int sequence;
    private long accepted, refused;
    private long flushedNs;
    private volatile boolean closed;

    private UdpOutput(Endpoint.Udp endpoint, PortOpener ports, DatagramPort port, int destination, int ssrc) {
        url = endpoint.url();
        rtp = endpoint.rtp();
        payloadType = endpoint.rtpPayloadType();
        gate = new FlowGate(endpoint.flowId());
        scratch = rtp ? ByteBuffer.allocateDirect(RtpHeader.BYTES + UdpInput.MAX_PAYLOAD_BYTES) : null;
        this.ports = ports;
        this.port = port;
        this.destination = destination;
        this.ssrc = ssrc;
    }

    static UdpOutput open(Endpoint.Udp endpoint, PortOpener ports, int ssrc) {
        InetSocketAddress to = endpoint.address();
        // Connected, a unicast destination that refuses shows in the counters; many may listen to a multicast group, so nobody's refusal speaks for it.
        InetSocketAddress connect = to.getAddress().isMulticastAddress() ? null : to;
        DatagramPort port = ports.open(new InetSocketAddress(anyLocal(to.getAddress()), 0), connect, endpoint.network(), null, 0, SEND_BUFFER_BYTES);
        return new UdpOutput(endpoint, ports, port, port.intern(to), ssrc);
    }

    private static InetAddress anyLocal(InetAddress family) {
        try {
            return InetAddress.getByAddress(new byte[family instanceof Inet6Address ? 16 : 4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    @Override
    public void write(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        if (!gate.admits(flowId)) return;
        int length = payload.remaining();
        if (closed || length > UdpInput.MAX_PAYLOAD_BYTES) {
            refused++;
            return;
        }
        accepted++;
        int position = payload.position();
        if (rtp) {
            // RFC 3551 §6 and RFC 2250 §2: MPEG-TS has payload type 33 and a clock of 90 kHz.
            RtpHeader.write(scratch, payloadType, this.sequence++, (int) Ticks.nsToRtp90k(sourceTimeNs), ssrc);
            scratch.put(RtpHeader.BYTES, payload, position, length);
            scratch.limit(RtpHeader.BYTES + length).position(0);
            port.send(destination, scratch);
            scratch.clear();
        } else {
            port.send(destination, payload);
            payload.position(position);
        }
    }

    @Override
    public void flush(long nowNs) {
        flushedNs = nowNs;
        gate.tick(nowNs);
        if (!closed) port.flush();
    }

    @Override
    public OutputStats stats() {
        PortStats sent = port.stats();
        long dropped = sent.sendDropped() + sent.sendErrors();
        long gone = sent.sentDatagrams() + dropped;
        long headers = rtp ? sent.sentDatagrams() * RtpHeader.BYTES : 0;
        return new OutputStats(url, sent.sentDatagrams(), sent.sentBytes() - headers, dropped + refused, Math.max(0, accepted - gone), state(sent));
    }

    private String state(PortStats sent) {
        if (closed || !gate.busy(flushedNs)) return "idle";
        // Nothing but errors: nobody is there, and people will want to read that.
        boolean onlyErrors = sent.sentDatagrams() == 0 && sent.sendErrors() > 0;
        return onlyErrors ? "failed: " + sent.sendErrors() + " datagrams could not be sent; is the destination there and routed?" : "sending";
    }

    @Override
    public void drainAndClose(long timeoutMs) {
        if (closed) return;
        closed = true;
        ports.close(port);
    }
}
