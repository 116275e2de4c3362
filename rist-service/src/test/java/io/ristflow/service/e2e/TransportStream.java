package io.ristflow.service.e2e;

import io.ristflow.service.mpegts.TsContinuity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What the tests ask of a recorded transport stream. */
final class TransportStream {
    private static final int PACKET = 188;
    /** FFmpeg's muxer counts from these: the table of programs, the first program's own, and its first stream, here the picture. */
    private static final int PAT = 0, PMT = 0x1000, PICTURE = 0x100;

    private TransportStream() {}

    static long continuityErrors(byte[] stream) {
        TsContinuity continuity = new TsContinuity();
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        for (int at = 0; at + PACKET <= stream.length; at += PACKET) {
            if (stream[at] != 0x47) throw new AssertionError("no sync byte at " + at);
            continuity.check(bytes, at);
        }
        if (continuity.packets() != stream.length / PACKET || stream.length % PACKET != 0) throw new AssertionError(stream.length + " bytes are no whole packets");
        return continuity.errors() + continuity.duplicates() + continuity.transportErrors();
    }

    /** Where in the whole the part begins, -1 if nowhere; the search is for its first 20 packets. */
    static int find(byte[] part, byte[] whole) {
        byte[] head = Arrays.copyOf(part, Math.min(part.length, 20 * PACKET));
        for (int at = 0; at + head.length <= whole.length; at += PACKET) {
            if (Arrays.equals(whole, at, at + head.length, head, 0, head.length)) return at;
        }
        return -1;
    }

    /** What a player that tunes in decodes whole: from the first picture that stands by itself up to the last such, with the tables in front. */
    static byte[] playable(byte[] stream) {
        int first = -1, last = -1;
        for (int at = 0; at < stream.length; at += PACKET) {
            if (pid(stream, at) != PICTURE || !randomAccess(stream, at)) continue;
            if (first < 0) first = at;
            last = at;
        }
        if (first == last) throw new AssertionError("fewer than two pictures in it to tune in to");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int table : new int[] {PAT, PMT}) {
            int at = 0;
            while (pid(stream, at) != table) at += PACKET;
            out.write(stream, at, PACKET);
        }
        out.write(stream, first, last - first);
        return out.toByteArray();
    }

    private static int pid(byte[] stream, int at) {
        return (stream[at + 1] & 0x1F) << 8 | stream[at + 2] & 0xFF;
    }

    /** ISO/IEC 13818-1 §2.4.3.4: random_access_indicator. */
    private static boolean randomAccess(byte[] stream, int at) {
        return (stream[at + 3] & 0x20) != 0 && stream[at + 4] != 0 && (stream[at + 5] & 0x40) != 0;
    }
}
