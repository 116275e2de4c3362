package io.ristflow.core.codec.payload;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * LZ4 (TR-06-3 §5.2.3, LPC = 1): the payload as one raw block, without frame or length. The library's native code does the work and allocates nothing; where the platform has none its Java code
 * does, which allocates 16 KB a call.
 */
public final class Lz4 {
    /** What a payload may expand to, at most: a bound against bombs, and librist's. */
    public static final int MAX_EXPANDED_BYTES = 10_000;
    public static final int GARBAGE = -1;

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    // The safe one: it knows where input and output end, and believes nothing that the input says.
    private static final LZ4SafeDecompressor DECOMPRESSOR = LZ4Factory.fastestInstance().safeDecompressor();

    private Lz4() {}

    /** The room that {@link #compress} needs for so many bytes. */
    public static int roomFor(int length) {
        return COMPRESSOR.maxCompressedLength(length);
    }

    /**
     * Compresses if that makes the payload smaller. Absolute offsets; position and limit of both buffers stay, though the limit of {@code to} counts.
     *
     * @param to has {@link #roomFor} the length from {@code toOff} on; so much of it is overwritten
     * @return the compressed length; 0 if the payload is to be sent as it is
     */
    public static int compress(ByteBuffer from, int off, int length, ByteBuffer to, int toOff) {
        // What a receiver would refuse to expand
        if (length < 1 || length > MAX_EXPANDED_BYTES) return 0;
        int compressed = COMPRESSOR.compress(from, off, length, to, toOff, roomFor(length));
        return compressed < length ? compressed : 0;
    }

    /**
     * Expands a peer's payload.
     *
     * @param to has room for {@link #MAX_EXPANDED_BYTES} from {@code toOff} on
     * @return the expanded length; {@link #GARBAGE} if it is no LZ4 block or would be longer than {@link #MAX_EXPANDED_BYTES}
     */
    public static int expand(ByteBuffer from, int off, int length, ByteBuffer to, int toOff) {
        if (length < 1) return GARBAGE;
        try {
            return DECOMPRESSOR.decompress(from, off, length, to, toOff, MAX_EXPANDED_BYTES);
        } catch (LZ4Exception e) {
            return GARBAGE;
        }
    }
}
