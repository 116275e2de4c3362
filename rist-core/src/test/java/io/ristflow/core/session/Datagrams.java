package io.ristflow.core.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a peer sends, put together here byte by byte from the clauses and not by our encoders. */
final class Datagrams {
    private Datagrams() {}

    /** RTP, payload type 33, 2 ms a packet (TR-06-1 §5.2). */
    static ByteBuffer media(int ssrc, int sequence) {
        ByteBuffer b = ByteBuffer.allocate(12 + 188);
        b.put((byte) 0x80).put((byte) 33).putShort((short) sequence).putInt(sequence * 180).putInt(ssrc);
        return b.put((byte) 0x47).clear();
    }

    /** SR and SDES (§5.2.2, §5.2.5). */
    static ByteBuffer senderReport(int ssrc, long ntp, int rtpTimestamp) {
        ByteBuffer b = ByteBuffer.allocate(28 + 16);
        b.putInt(0x80C8_0006).putInt(ssrc).putLong(ntp).putInt(rtpTimestamp).putInt(0).putInt(0);
        return describe(b, ssrc).flip();
    }

    /** Empty RR and SDES (§5.2.3), and what follows. */
    static ByteBuffer feedback(int ssrc, ByteBuffer... parts) {
        ByteBuffer b = ByteBuffer.allocate(1_400);
        b.putInt(0x80C9_0001).putInt(ssrc);
        describe(b, ssrc);
        for (ByteBuffer part : parts) b.put(part);
        return b.flip();
    }

    private static ByteBuffer describe(ByteBuffer b, int ssrc) {
        return b.putInt(0x81CA_0003).putInt(ssrc).put((byte) 1).put((byte) 4).put("peer".getBytes(StandardCharsets.UTF_8)).putShort((short) 0);
    }

    static ByteBuffer bye(int ssrc) {
        return ByteBuffer.allocate(8).putInt(0x81CB_0001).putInt(ssrc).flip();
    }

    /** RTT echo request with so many bytes of padding (§5.2.6). */
    static ByteBuffer echoRequest(int ssrc, long timestamp, int padding) {
        ByteBuffer b = ByteBuffer.allocate(24 + padding);
        b.putInt(0x82CC_0000 | 5 + padding / 4).putInt(ssrc).put("RIST".getBytes(StandardCharsets.US_ASCII)).putLong(timestamp).putInt(0);
        for (int i = 0; i < padding; i++) b.put((byte) (i + 1));
        return b.flip();
    }

    /** Range request (§5.3.2.2) for {@code 1 + additional} packets from {@code first} on. */
    static ByteBuffer request(int ssrc, int first, int additional) {
        return ByteBuffer.allocate(16).putInt(0x80CC_0003).putInt(ssrc).put("RIST".getBytes(StandardCharsets.US_ASCII)).putShort((short) first).putShort((short) additional).flip();
    }

    /** RR with one block (§5.2.4). */
    static ByteBuffer receiverReport(int ssrc, int lsr, int dlsr) {
        ByteBuffer b = ByteBuffer.allocate(32 + 16);
        b.putInt(0x81C9_0007).putInt(ssrc).putInt(ssrc).putInt(0).putInt(0).putInt(0).putInt(lsr).putInt(dlsr);
        return describe(b, ssrc).flip();
    }

    /** An inner packet behind a GRE header of version 1 and the reduced header (TR-06-2 §5.3.2). */
    static ByteBuffer tunnelled(ByteBuffer inner) {
        return ByteBuffer.allocate(12 + inner.remaining()).putInt(0x1008_88B6).putInt(7).putShort((short) 0x8000).putShort((short) 1968).put(inner).flip();
    }

    /** Keep-alive (TR-06-2 §5.6.3), its D bit set or not. */
    static ByteBuffer keepAlive(boolean disconnect) {
        return ByteBuffer.allocate(16).putInt(0x1008_88B5).putInt(7).put(new byte[] {2, 0, 0, 0, 0, 1, 0x25, (byte) (disconnect ? 0xA0 : 0x20)}).flip();
    }
}
