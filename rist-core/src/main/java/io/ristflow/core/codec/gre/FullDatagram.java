package io.ristflow.core.codec.gre;

import java.nio.ByteBuffer;

/**
 * The payload of GRE protocol 0x0800 (TR-06-2 §5.3.1). librist carries out-of-band data there, which its own callers may or may not begin with an
 * IP header: to us the bytes are opaque, and nothing in them is ever trusted as an address.
 */
public final class FullDatagram {
    private FullDatagram() {}

    /** Where the payload behind the GRE header at {@code off} begins, up to {@code end}; -1 if that is no such packet or malformed. */
    public static int payloadOffset(ByteBuffer b, int off, int end) {
        int header = GreHeader.length(b, off, end);
        return header > 0 && GreHeader.protocol(b, off) == GreHeader.PROTO_FULL ? off + header : -1;
    }
}
