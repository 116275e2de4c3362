package io.ristflow.service.mpegts;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * What the test signal writes into one transport packet per datagram and the checker reads again, in a private_stream_1 PES (ISO/IEC
 * 13818-1 table 2-22):
 *
 * <pre>
 *   0  transport header (4)                24  running number, from 0 (8)
 *   4  PES header 000001 BD with PTS (14)  32  sending side's monotonic time, ns (8)
 *  18  "RFTS" (4)                          40  CRC-32 of the packets since the last stamp, without null packets (4)
 *  22  0 (2)                               44  stream (4)
 *                                          48  CRC-32 of bytes 18 to 47 (4)
 *                                          52  filling
 * </pre>
 *
 * The checksum of what lies between two stamps holds however the stream is cut into datagrams; null packets are left out as null packet
 * deletion (TR-06-2 §8) does not keep their contents.
 */
public final class Stamp {
    public static final int PID = 0x0102;
    static final int MAGIC = 0x52465453;
    private static final int MAGIC_AT = 18, NUMBER_AT = 24, SENT_AT = 32, CONTENT_CRC_AT = 40, STREAM_AT = 44, CRC_AT = 48;

    private Stamp() {}

    /** Writes it into a packet whose header, PES header and filling are there already. */
    static void write(ByteBuffer b, int at, int stream, long number, long sentNs, int contentCrc, CRC32 crc) {
        b.putInt(at + MAGIC_AT, MAGIC);
        b.putInt(at + STREAM_AT, stream);
        b.putShort(at + MAGIC_AT + 4, (short) 0);
        b.putLong(at + NUMBER_AT, number);
        b.putLong(at + SENT_AT, sentNs);
        b.putInt(at + CONTENT_CRC_AT, contentCrc);
        b.putInt(at + CRC_AT, ownCrc(b, at, crc));
    }

    public static boolean isStamp(ByteBuffer b, int at) {
        return Ts.pid(b, at) == PID && b.getInt(at + MAGIC_AT) == MAGIC;
    }

    /** Whether it came unharmed. */
    public static boolean isWhole(ByteBuffer b, int at, CRC32 crc) {
        return b.getInt(at + CRC_AT) == ownCrc(b, at, crc);
    }

    public static int stream(ByteBuffer b, int at) {
        return b.getInt(at + STREAM_AT);
    }

    /** Running number, from 0. */
    public static long number(ByteBuffer b, int at) {
        return b.getLong(at + NUMBER_AT);
    }

    /** {@link System#nanoTime} when it was made: all processes of one machine share that clock. */
    public static long sentNs(ByteBuffer b, int at) {
        return b.getLong(at + SENT_AT);
    }

    public static int contentCrc(ByteBuffer b, int at) {
        return b.getInt(at + CONTENT_CRC_AT);
    }

    /** Adds bytes to a checksum; position and limit stay. */
    public static void add(CRC32 crc, ByteBuffer b, int at, int length) {
        int position = b.position();
        int limit = b.limit();
        crc.update(b.limit(at + length).position(at));
        b.limit(limit).position(position);
    }

    private static int ownCrc(ByteBuffer b, int at, CRC32 crc) {
        crc.reset();
        add(crc, b, at + MAGIC_AT, CRC_AT - MAGIC_AT);
        int value = (int) crc.getValue();
        crc.reset();
        return value;
    }
}
