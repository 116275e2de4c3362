package io.ristflow.service.mpegts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One second of colour bars (MPEG-2 video, 320 x 176, 25 pictures, a group of its own) cut into transport packets once; sending it again
 * and again takes a copy per packet. See the resource's README for how it was made.
 */
final class TestPicture {
    private static final String RESOURCE = "test-picture.m2v";
    /** PES header with a PTS: 9 bytes and 5. */
    private static final int PES_HEADER_BYTES = 14;
    private static final int PTS_IN_PES = 9;

    /** Per picture its transport packets end to end, without continuity counters and PTS. */
    private final byte[][] pictures;
    private final int[] ptsAt;

    TestPicture(int pid) {
        byte[] video = load();
        List<Integer> starts = pictureStarts(video);
        pictures = new byte[starts.size()][];
        ptsAt = new int[pictures.length];
        for (int i = 0; i < pictures.length; i++) {
            int end = i + 1 < pictures.length ? starts.get(i + 1) : video.length;
            boolean randomAccess = video[starts.get(i) + 3] == (byte) 0xB3;
            pictures[i] = packetise(pid, pes(video, starts.get(i), end), randomAccess);
            ptsAt[i] = 4 + (Ts.hasAdaptation(ByteBuffer.wrap(pictures[i]), 0) ? 1 + pictures[i][4] : 0) + PTS_IN_PES;
        }
    }

    int count() {
        return pictures.length;
    }

    int packets(int picture) {
        return pictures[picture].length / Ts.PACKET_BYTES;
    }

    /**
     * Copies packet {@code packet} of a picture to {@code at}; the first carries {@code pts} (90 kHz). The continuity counter is left 0.
     */
    void copy(int picture, int packet, long pts, byte[] to, int at) {
        System.arraycopy(pictures[picture], packet * Ts.PACKET_BYTES, to, at, Ts.PACKET_BYTES);
        if (packet == 0) Ts.putPts(to, at + ptsAt[picture], pts);
    }

    private static byte[] load() {
        try (InputStream in = TestPicture.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException(RESOURCE + " is not in the build");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture begins at its sequence header (B3) or, without one, at its own start code (00). */
    private static List<Integer> pictureStarts(byte[] video) {
        List<Integer> starts = new ArrayList<>();
        boolean headed = false;
        for (int i = 0; i + 3 < video.length; i++) {
            if (video[i] != 0 || video[i + 1] != 0 || video[i + 2] != 1) continue;
            int code = video[i + 3] & 0xFF;
            if (code == 0xB3) {
                starts.add(i);
                headed = true;
            } else if (code == 0x00) {
                if (!headed) starts.add(i);
                headed = false;
            }
        }
        return starts;
    }

    private static byte[] pes(byte[] video, int from, int to) {
        byte[] pes = new byte[PES_HEADER_BYTES + to - from];
        int length = pes.length - 6;
        byte[] header = {0, 0, 1, (byte) 0xE0, (byte) (length >> 8), (byte) length, (byte) 0x84, (byte) 0x80, 5};
        System.arraycopy(header, 0, pes, 0, header.length);
        System.arraycopy(video, from, pes, PES_HEADER_BYTES, to - from);
        return pes;
    }

    private static byte[] packetise(int pid, byte[] pes, boolean randomAccess) {
        int first = randomAccess ? 182 : 184;
        int count = 1 + (Math.max(0, pes.length - first) + 183) / 184;
        byte[] packets = new byte[count * Ts.PACKET_BYTES];
        int done = 0;
        for (int i = 0; i < count; i++) {
            int at = i * Ts.PACKET_BYTES;
            boolean flagged = i == 0 && randomAccess;
            int body = Math.min(flagged ? 182 : 184, pes.length - done);
            int adaptation = 184 - body;
            Ts.putHeader(packets, at, pid, i == 0, adaptation > 0, true);
            if (adaptation > 0) packets[at + 4] = (byte) (adaptation - 1);
            if (adaptation > 1) {
                packets[at + 5] = (byte) (flagged ? 0x40 : 0); // random_access_indicator
                Arrays.fill(packets, at + 6, at + 4 + adaptation, (byte) 0xFF);
            }
            System.arraycopy(pes, done, packets, at + 4 + adaptation, body);
            done += body;
        }
        return packets;
    }
}
