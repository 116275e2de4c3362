package io.ristflow.service.mpegts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The tables of the test signal, each a whole transport packet: PAT, PMT (ISO/IEC 13818-1 §2.4.4) and SDT (ETSI EN 300 468 §5.2.3). */
final class TsTables {
    static final int PAT_PID = 0x0000;
    static final int SDT_PID = 0x0011;
    static final int PMT_PID = 0x1000;
    private static final int PROGRAM = 1;
    private static final int STREAM_ID = 1;

    private TsTables() {}

    static byte[] pat() {
        return packet(PAT_PID, section(0x00, 0xB0, STREAM_ID, new byte[] {0, PROGRAM, (byte) (0xE0 | PMT_PID >> 8), (byte) PMT_PID}));
    }

    /** @param videoPid MPEG-2 video, which carries the PCR; {@code dataPid} private data registered as RFTS */
    static byte[] pmt(int videoPid, int dataPid) {
        return packet(PMT_PID, section(0x02, 0xB0, PROGRAM, new byte[] {
            (byte) (0xE0 | videoPid >> 8), (byte) videoPid, (byte) 0xF0, 0,
            0x02, (byte) (0xE0 | videoPid >> 8), (byte) videoPid, (byte) 0xF0, 0,
            0x06, (byte) (0xE0 | dataPid >> 8), (byte) dataPid, (byte) 0xF0, 6, 0x05, 4, 'R', 'F', 'T', 'S'}));
    }

    static byte[] sdt(String provider, String service) {
        byte[] p = provider.getBytes(StandardCharsets.US_ASCII);
        byte[] s = service.getBytes(StandardCharsets.US_ASCII);
        int descriptor = 3 + p.length + s.length;
        byte[] body = new byte[3 + 5 + 2 + descriptor];
        // original_network_id 0xFF01 (private use), then one service: running, not scrambled, a service_descriptor for digital television.
        byte[] head = {(byte) 0xFF, 0x01, (byte) 0xFF, 0, PROGRAM, (byte) 0xFC, (byte) 0x80, (byte) (descriptor + 2), 0x48, (byte) descriptor, 0x01};
        System.arraycopy(head, 0, body, 0, head.length);
        int at = head.length;
        body[at++] = (byte) p.length;
        System.arraycopy(p, 0, body, at, p.length);
        at += p.length;
        body[at++] = (byte) s.length;
        System.arraycopy(s, 0, body, at, s.length);
        return packet(SDT_PID, section(0x42, 0xF0, STREAM_ID, body));
    }

    private static byte[] section(int tableId, int flags, int extension, byte[] body) {
        byte[] s = new byte[8 + body.length + 4];
        int length = s.length - 3;
        s[0] = (byte) tableId;
        s[1] = (byte) (flags | length >> 8);
        s[2] = (byte) length;
        s[3] = (byte) (extension >> 8);
        s[4] = (byte) extension;
        s[5] = (byte) 0xC1; // version 0, current
        System.arraycopy(body, 0, s, 8, body.length);
        int crc = crc32(s, s.length - 4);
        for (int i = 0; i < 4; i++) s[s.length - 4 + i] = (byte) (crc >> 24 - 8 * i);
        return s;
    }

    private static byte[] packet(int pid, byte[] section) {
        byte[] packet = new byte[Ts.PACKET_BYTES];
        Arrays.fill(packet, (byte) 0xFF);
        Ts.putHeader(packet, 0, pid, true, false, true);
        packet[4] = 0; // pointer_field
        System.arraycopy(section, 0, packet, 5, section.length);
        return packet;
    }

    /** ISO/IEC 13818-1 annex A: polynomial 0x04C11DB7, most significant bit first, not inverted. */
    static int crc32(byte[] bytes, int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] << 24;
            for (int bit = 0; bit < 8; bit++) crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
        }
        return crc;
    }
}
