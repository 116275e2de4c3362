package io.ristflow.service.mpegts;

import java.nio.ByteBuffer;

/** The MPEG-2 transport packet (ISO/IEC 13818-1 §2.4.3): 188 bytes, absolute reads at an offset. */
public final class Ts {
    public static final int PACKET_BYTES = 188;
    public static final byte SYNC = 0x47;
    public static final int NULL_PID = 0x1FFF;
    static final int PIDS = 0x2000;
    /** 33 bits at 90 kHz times 300: 27 MHz. */
    public static final long PCR_MODULUS = (1L << 33) * 300;
    static final long PCR_HZ = 27_000_000L;

    private Ts() {}

    public static int pid(ByteBuffer b, int at) {
        return b.getShort(at + 1) & 0x1FFF;
    }

    static boolean transportError(ByteBuffer b, int at) {
        return (b.get(at + 1) & 0x80) != 0;
    }

    static int continuityCounter(ByteBuffer b, int at) {
        return b.get(at + 3) & 0x0F;
    }

    static boolean hasPayload(ByteBuffer b, int at) {
        return (b.get(at + 3) & 0x10) != 0;
    }

    static boolean hasAdaptation(ByteBuffer b, int at) {
        return (b.get(at + 3) & 0x20) != 0;
    }

    static boolean discontinuity(ByteBuffer b, int at) {
        return hasAdaptation(b, at) && b.get(at + 4) != 0 && (b.get(at + 5) & 0x80) != 0;
    }

    static boolean hasPcr(ByteBuffer b, int at) {
        return hasAdaptation(b, at) && (b.get(at + 4) & 0xFF) >= 7 && (b.get(at + 5) & 0x10) != 0;
    }

    /** In ticks of 27 MHz, below {@link #PCR_MODULUS}. */
    static long pcr(ByteBuffer b, int at) {
        long base = (b.getInt(at + 6) & 0xFFFF_FFFFL) << 1 | (b.get(at + 10) & 0xFF) >> 7;
        int extension = b.getShort(at + 10) & 0x1FF;
        return base * 300 + extension;
    }

    /** Writes the six bytes of a PCR field at {@code at}. */
    public static void putPcr(byte[] to, int at, long ticks) {
        long base = ticks % PCR_MODULUS / 300;
        int extension = (int) (ticks % PCR_MODULUS % 300);
        to[at] = (byte) (base >> 25);
        to[at + 1] = (byte) (base >> 17);
        to[at + 2] = (byte) (base >> 9);
        to[at + 3] = (byte) (base >> 1);
        to[at + 4] = (byte) (base << 7 | 0x7E | extension >> 8);
        to[at + 5] = (byte) extension;
    }

    /** Writes the four bytes of a packet's header, without the continuity counter. */
    public static void putHeader(byte[] to, int at, int pid, boolean unitStart, boolean adaptation, boolean payload) {
        to[at] = SYNC;
        to[at + 1] = (byte) ((unitStart ? 0x40 : 0) | pid >> 8);
        to[at + 2] = (byte) pid;
        to[at + 3] = (byte) ((adaptation ? 0x20 : 0) | (payload ? 0x10 : 0));
    }

    /** Writes the five bytes of a PES header's PTS (90 kHz, 33 bits) at {@code at}. */
    static void putPts(byte[] to, int at, long pts) {
        to[at] = (byte) (0x21 | pts >> 29 & 0x0E);
        to[at + 1] = (byte) (pts >> 22);
        to[at + 2] = (byte) (0x01 | pts >> 14 & 0xFE);
        to[at + 3] = (byte) (pts >> 7);
        to[at + 4] = (byte) (0x01 | pts << 1 & 0xFE);
    }
}
