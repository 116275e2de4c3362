package io.ristflow.core.codec.gre;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keep-alive message (TR-06-2 §5.6.3, Figure 8), behind the GRE header (protocol 0x88B5) or the VSF header (subtype 0x8000).
 *
 * <pre>
 * |                     48-bit MAC address ...                    |
 * | ...                           |X|R|B|A|P|E|L|N|D|T|V|J|F|0 0 0|
 * |I|G|C|                 0                                       |  librist's extension block, optional
 * |                     JSON (UTF-8), optional                  ...
 * </pre>
 *
 * DEVIATION(librist): TR-06-3 §5.3.6 puts C, G and I into the last three bits of the second capability byte; librist sends them in a block of four
 * bytes of its own. Both places are read (see {@link #advanced}); JSON begins with a brace, a block does not.
 *
 * @param mac           6 bytes that name the device
 * @param capabilities1 0..255, of X to N
 * @param capabilities2 0..255, of D to F, and C, G, I of TR-06-3
 * @param advancedBlock whether librist's extension block is present
 * @param advancedFlags 0..255, the block's first byte, of {@link #BLOCK_ADVANCED}, {@link #BLOCK_G} and {@link #BLOCK_COMPRESSION}; 0 without one
 * @param json          "" if there is none
 */
public record KeepAlive(
        byte[] mac, int capabilities1, int capabilities2, boolean advancedBlock, int advancedFlags, String json) {
    /** MAC and capabilities. */
    public static final int MIN_LENGTH = 8;

    /** X: more capabilities in the JSON (reserved). */
    public static final int CAP1_MORE = 0x80;
    /** R: takes and routes traffic that is not RIST. */
    public static final int CAP1_ROUTING = 0x40;
    /** B: bonding. */
    public static final int CAP1_BONDING = 0x20;
    /** A: adaptive encoding. */
    public static final int CAP1_ADAPTIVE = 0x10;
    /** P: SMPTE 2022 FEC. */
    public static final int CAP1_FEC = 0x08;
    /** E: seamless switching as in SMPTE 2022-7. */
    public static final int CAP1_SEAMLESS = 0x04;
    /** L: load sharing (reserved). librist: the sender splits packets in pairs, to be merged. */
    public static final int CAP1_SPLIT = 0x02;
    /** N: null packet deletion. */
    public static final int CAP1_NULL_PACKETS = 0x01;
    /** D: disconnect (TR-06-2 §5.6.5). */
    public static final int CAP2_DISCONNECT = 0x80;
    /** T: reconnect (TR-06-2 §5.6.6). */
    public static final int CAP2_RECONNECT = 0x40;
    /** V: reduced overhead mode. */
    public static final int CAP2_REDUCED = 0x20;
    /** J: JSON (TR-06-2 §5.6.4). */
    public static final int CAP2_JSON = 0x10;
    /** F: passphrase change on the fly (TR-06-2 §7.4). */
    public static final int CAP2_PASSPHRASE_CHANGE = 0x08;
    /** C of TR-06-3 §5.3.6: compression. */
    public static final int CAP2_COMPRESSION = 0x04;
    /** G of TR-06-3 §5.3.6: fragmentation. */
    public static final int CAP2_FRAGMENTATION = 0x02;
    /** I of TR-06-3 §5.3.6: Advanced Profile. */
    public static final int CAP2_ADVANCED = 0x01;
    /** I in librist's block. */
    public static final int BLOCK_ADVANCED = 0x80;
    /** The block's second bit: G of TR-06-3, which librist's names call P. */
    public static final int BLOCK_G = 0x40;
    /** C in librist's block. */
    public static final int BLOCK_COMPRESSION = 0x20;

    /** What librist announces: bonding, seamless switching, null packet deletion; reduced overhead. */
    public static final int LIBRIST_CAPABILITIES1 = CAP1_BONDING | CAP1_SEAMLESS | CAP1_NULL_PACKETS;
    public static final int LIBRIST_CAPABILITIES2 = CAP2_REDUCED;

    /** JSON longer than this is cut: as much as no MTU carries (TR-06-2 §5.6.8: never fragmented). */
    public static final int MAX_JSON_CHARS = 4096;

    private static final int MAC = 6;
    private static final int BLOCK = 4;

    public KeepAlive {
        if (mac.length != MAC) throw new IllegalArgumentException("mac has " + mac.length + " bytes; a MAC address has 6");
        capabilities1 &= 0xFF;
        capabilities2 &= 0xFF;
        advancedFlags = advancedBlock ? advancedFlags & 0xFF : 0;
        if (json.length() > MAX_JSON_CHARS) json = json.substring(0, MAX_JSON_CHARS);
    }

    /** Whether the message in {@code b[off, …)} of at least {@link #MIN_LENGTH} bytes is a Disconnect (§5.6.5), without reading the rest. */
    public static boolean disconnect(ByteBuffer b, int off) {
        return (b.get(off + MAC + 1) & CAP2_DISCONNECT) != 0;
    }

    /**
     * What the message in {@code b[off, end)} of at least {@link #MIN_LENGTH} bytes says of the Advanced Profile, by either place, without reading the rest.
     *
     * @return of {@link #BLOCK_ADVANCED}, {@link #BLOCK_G} and {@link #BLOCK_COMPRESSION}
     */
    public static int advancedCapabilities(ByteBuffer b, int off, int end) {
        int block = hasBlock(b, off + MIN_LENGTH, end) ? b.get(off + MIN_LENGTH) : 0;
        return block & (BLOCK_ADVANCED | BLOCK_G | BLOCK_COMPRESSION) | asBlock(b.get(off + MAC + 1));
    }

    private static int asBlock(int capabilities2) {
        return ((capabilities2 & CAP2_ADVANCED) != 0 ? BLOCK_ADVANCED : 0)
                | ((capabilities2 & CAP2_FRAGMENTATION) != 0 ? BLOCK_G : 0)
                | ((capabilities2 & CAP2_COMPRESSION) != 0 ? BLOCK_COMPRESSION : 0);
    }

    private static boolean hasBlock(ByteBuffer b, int at, int end) {
        return end - at >= BLOCK && b.get(at) != '{';
    }

    /** Whether the message in {@code b[off, …)} says F (§7.4), without reading the rest. */
    public static boolean changesPassphrase(ByteBuffer b, int off) {
        return (b.get(off + MAC + 1) & CAP2_PASSPHRASE_CHANGE) != 0;
    }

    /** Sets a bit of the second capability byte in the message written at {@code off}. */
    public static void addCapability2(ByteBuffer b, int off, int bit) {
        b.put(off + MAC + 1, (byte) (b.get(off + MAC + 1) | bit));
    }

    /** Whether the sender of such a message splits its packets in pairs (librist), without reading the rest. */
    public static boolean splits(ByteBuffer b, int off) {
        return (b.get(off + MAC) & CAP1_SPLIT) != 0;
    }

    /** A peer's message between {@code off} and {@code end}; null if it is too short. Trailing bytes that are neither block nor JSON are dropped. */
    public static KeepAlive read(ByteBuffer b, int off, int end) {
        if (end - off < MIN_LENGTH) return null;
        byte[] mac = new byte[MAC];
        b.get(off, mac);
        int at = off + MIN_LENGTH;
        boolean block = hasBlock(b, at, end);
        int flags = block ? b.get(at) & 0xFF : 0;
        if (block) at += BLOCK;
        return new KeepAlive(mac, b.get(off + 6), b.get(off + 7), block, flags, readJson(b, at, end));
    }

    private static String readJson(ByteBuffer b, int at, int end) {
        if (at >= end || b.get(at) != '{') return "";
        // One character takes at least one byte.
        byte[] text = new byte[Math.min(end - at, MAX_JSON_CHARS)];
        b.get(at, text);
        int length = text.length;
        // TR-06-3 §5.3.6: the text may or may not be terminated by a zero byte.
        while (length > 0 && text[length - 1] == 0) length--;
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /** Writes the message and returns its length. */
    public int write(ByteBuffer b, int off) {
        b.put(off, mac);
        b.put(off + 6, (byte) capabilities1);
        b.put(off + 7, (byte) capabilities2);
        int at = off + MIN_LENGTH;
        if (advancedBlock) {
            b.putInt(at, advancedFlags << 24);
            at += BLOCK;
        }
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        b.put(at, text);
        return at + text.length - off;
    }

    /** Whether the device speaks the Advanced Profile, by librist's block or by TR-06-3's bit. */
    public boolean advanced() {
        return (advancedFlags & BLOCK_ADVANCED) != 0 || (capabilities2 & CAP2_ADVANCED) != 0;
    }

    /** Whether the device expands compressed payloads, by either place. */
    public boolean compression() {
        return (advancedFlags & BLOCK_COMPRESSION) != 0 || (capabilities2 & CAP2_COMPRESSION) != 0;
    }

    /** Arrays by content, unlike a record's own. */
    @Override
    public boolean equals(Object other) {
        return other instanceof KeepAlive that
                && Arrays.equals(mac, that.mac)
                && capabilities1 == that.capabilities1
                && capabilities2 == that.capabilities2
                && advancedBlock == that.advancedBlock
                && advancedFlags == that.advancedFlags
                && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mac) * 31 + (capabilities1 << 16 | capabilities2 << 8 | advancedFlags) * 31 + json.hashCode();
    }
}
