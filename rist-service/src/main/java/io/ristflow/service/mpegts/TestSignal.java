package io.ristflow.service.mpegts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The test signal, packet after packet: a program of constant bit rate with colour bars that play (video, PCR every 30 ms), tables ten
 * times a second, a {@link Stamp} in every datagram and, up to the bit rate, null packets (a share of all packets) or filling. Knows no
 * time but its own: the number of packets so far, as 27 MHz.
 */
public final class TestSignal {
    static final int VIDEO_PID = 0x0100;
    private static final long TABLES_TICKS = Ts.PCR_HZ / 10;
    /** ISO/IEC 13818-1 §2.7.2 allows 100 ms, DVB 40 ms. */
    private static final long PCR_TICKS = Ts.PCR_HZ * 30 / 1_000;
    private static final long PICTURE_TICKS = Ts.PCR_HZ / 25;
    /** Video leaves at 4 Mb/s at most, so that decoders' buffers of 512 bytes are not run over at high bit rates. */
    private static final long VIDEO_PACKET_TICKS = Ts.PACKET_BYTES * 8 * Ts.PCR_HZ / 4_000_000;
    private static final long PICTURE_PTS = 90_000 / 25;
    /** Pictures are shown this much after they began to be sent. */
    private static final long PTS_DELAY = 36_000;
    private static final long PTS_MASK = (1L << 33) - 1;
    private static final int DATA_PTS_AT = 4 + 9;
    private static final int SHARE = 1_000_000;

    private final long bitsPerSecond;
    private final long nullShare;
    private final int stream;
    private final byte[] bytes;
    private final ByteBuffer datagram;
    private final TestPicture picture = new TestPicture(VIDEO_PID);
    private final byte[][] tables = {TsTables.pat(), TsTables.pmt(VIDEO_PID, Stamp.PID), TsTables.sdt("RistFlow", "RistFlow test signal")};
    private final int[] tableCounters = new int[tables.length];
    private final byte[] filler = filler();
    private final byte[] nullPacket = nullPacket();
    private final byte[] pcrPacket = pcrPacket();
    private final CRC32 contentCrc = new CRC32();
    private final CRC32 stampCrc = new CRC32();

    private long ticks, ticksRemainder;
    private long nextTables, nextPcr, nextPicture, nextVideo;
    private int tablesLeft;
    private int videoCounter, dataCounter;
    private int pictureIndex, picturePacket;
    private boolean pictureOpen;
    private long picturesBegun;
    private long nullsOwed;
    private long stamps;
    private boolean stampSkipped = true;

    /** @param stream tells one signal from another; {@code packetBytes} a multiple of 188 */
    public TestSignal(long bitsPerSecond, int packetBytes, double nullShare, int stream) {
        this.bitsPerSecond = bitsPerSecond;
        this.nullShare = Math.round(nullShare * SHARE);
        this.stream = stream;
        bytes = new byte[packetBytes];
        datagram = ByteBuffer.wrap(bytes);
    }

    /** The next datagram; valid until the call after. */
    public ByteBuffer next(long nowNs) {
        // With one packet a datagram, every second one is a stamp: the others have the picture.
        boolean stamped = bytes.length > Ts.PACKET_BYTES || stampSkipped;
        stampSkipped = !stamped;
        for (int at = 0; at < bytes.length; at += Ts.PACKET_BYTES) {
            if (at == 0 && stamped) {
                stamp(nowNs);
            } else {
                put(at);
            }
            tick();
        }
        return datagram.clear();
    }

    private void put(int at) {
        nullsOwed = Math.min(nullsOwed + nullShare, 1_000L * SHARE);
        if (ticks >= nextTables) {
            nextTables += TABLES_TICKS;
            tablesLeft = tables.length;
        }
        if (ticks >= nextPicture && !pictureOpen) {
            nextPicture += PICTURE_TICKS;
            pictureOpen = true;
            picturePacket = 0;
        }
        if (ticks >= nextPcr) {
            putPcr(at);
        } else if (tablesLeft > 0) {
            putTable(at, tables.length - tablesLeft--);
        } else if (pictureOpen && ticks >= nextVideo) {
            putVideo(at);
        } else if (nullsOwed >= SHARE) {
            nullsOwed -= SHARE;
            System.arraycopy(nullPacket, 0, bytes, at, Ts.PACKET_BYTES);
            return;
        } else {
            putData(at);
        }
        contentCrc.update(bytes, at, Ts.PACKET_BYTES);
    }

    private void stamp(long nowNs) {
        nullsOwed += nullShare;
        int content = (int) contentCrc.getValue();
        contentCrc.reset();
        putData(0);
        Stamp.write(datagram, 0, stream, stamps++, nowNs, content, stampCrc);
    }

    private void putPcr(int at) {
        nextPcr = ticks + PCR_TICKS;
        System.arraycopy(pcrPacket, 0, bytes, at, Ts.PACKET_BYTES);
        // Without payload the counter stands still at that of the packet before.
        count(at, videoCounter - 1);
        Ts.putPcr(bytes, at + 6, ticks);
    }

    private void putTable(int at, int table) {
        System.arraycopy(tables[table], 0, bytes, at, Ts.PACKET_BYTES);
        count(at, tableCounters[table]++);
    }

    private void putVideo(int at) {
        picture.copy(pictureIndex, picturePacket, picturesBegun * PICTURE_PTS + PTS_DELAY & PTS_MASK, bytes, at);
        count(at, videoCounter++);
        nextVideo = ticks + VIDEO_PACKET_TICKS;
        if (++picturePacket < picture.packets(pictureIndex)) return;
        pictureOpen = false;
        picturesBegun++;
        pictureIndex = (pictureIndex + 1) % picture.count();
    }

    /** Filling; a stamp is written over it. */
    private void putData(int at) {
        System.arraycopy(filler, 0, bytes, at, Ts.PACKET_BYTES);
        count(at, dataCounter++);
        Ts.putPts(bytes, at + DATA_PTS_AT, ticks / 300 + PTS_DELAY & PTS_MASK);
    }

    private void count(int at, int counter) {
        bytes[at + 3] |= (byte) (counter & 0x0F);
    }

    /** One packet's time later, exactly. */
    private void tick() {
        long scaled = Ts.PACKET_BYTES * 8 * Ts.PCR_HZ + ticksRemainder;
        ticks += scaled / bitsPerSecond;
        ticksRemainder = scaled % bitsPerSecond;
    }

    /** Stamps so far; the last one's number is one less. */
    public long stamps() {
        return stamps;
    }

    private static byte[] filler() {
        byte[] packet = new byte[Ts.PACKET_BYTES];
        int state = 0x2545F491;
        for (int i = 18; i < packet.length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            packet[i] = (byte) state;
        }
        Ts.putHeader(packet, 0, Stamp.PID, true, false, true);
        byte[] pes = {0, 0, 1, (byte) 0xBD, 0, (byte) (Ts.PACKET_BYTES - 10), (byte) 0x84, (byte) 0x80, 5};
        System.arraycopy(pes, 0, packet, 4, pes.length);
        return packet;
    }

    private static byte[] nullPacket() {
        byte[] packet = new byte[Ts.PACKET_BYTES];
        Arrays.fill(packet, (byte) 0xFF);
        Ts.putHeader(packet, 0, Ts.NULL_PID, false, false, true);
        return packet;
    }

    private static byte[] pcrPacket() {
        byte[] packet = new byte[Ts.PACKET_BYTES];
        Arrays.fill(packet, (byte) 0xFF);
        Ts.putHeader(packet, 0, VIDEO_PID, false, true, false);
        packet[4] = (byte) 183;
        packet[5] = 0x10; // PCR_flag
        return packet;
    }
}
