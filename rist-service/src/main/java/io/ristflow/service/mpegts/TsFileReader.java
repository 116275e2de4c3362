package io.ristflow.service.mpegts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Walks the transport packets of a file and steps over what is none. Reads at positions of its own, so that several walk one file; every
 * walk finds the same packets.
 */
public final class TsFileReader {
    private static final int BUFFER_BYTES = 64 << 10;
    /** Sync bytes at their distance that make an offset a packet's start. */
    private static final int CONFIRMING_SYNCS = 5;
    private static final int LOOK_AHEAD = (CONFIRMING_SYNCS - 1) * Ts.PACKET_BYTES + Ts.PACKET_BYTES;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long filePosition;
    private int at;
    private int next;
    private boolean synced;
    private boolean endOfFile;
    private long index;
    private long gaps;

    public TsFileReader(FileChannel file) {
        this.file = file;
        rewind();
    }

    /** Begins at the file's start again. */
    public void rewind() {
        buffer.limit(0);
        filePosition = 0;
        next = 0;
        synced = false;
        endOfFile = false;
        index = -1;
    }

    /** Moves to the next packet; false at the end, where a piece of a packet is left out. */
    public boolean next() throws IOException {
        at = next;
        while (true) {
            if (buffer.limit() - at < LOOK_AHEAD && !endOfFile) fill();
            if (buffer.limit() - at < Ts.PACKET_BYTES) return false;
            if (buffer.get(at) == Ts.SYNC && (synced || confirmed())) break;
            if (synced) gaps++;
            synced = false;
            at++;
        }
        synced = true;
        index++;
        next = at + Ts.PACKET_BYTES;
        return true;
    }

    private boolean confirmed() {
        for (int i = 1; i < CONFIRMING_SYNCS; i++) {
            int there = at + i * Ts.PACKET_BYTES;
            if (there < buffer.limit() && buffer.get(there) != Ts.SYNC) return false;
        }
        return true;
    }

    private void fill() throws IOException {
        buffer.position(at).compact();
        at = 0;
        while (buffer.position() < LOOK_AHEAD) {
            int count = file.read(buffer, filePosition);
            if (count < 0) {
                endOfFile = true;
                break;
            }
            filePosition += count;
        }
        buffer.flip();
    }

    /** The packet lies here at {@link #offset()}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return at;
    }

    /** The packet's number since the file's start, from 0. */
    public long index() {
        return index;
    }

    /** How often, mid-file, something was no packet. */
    public long gaps() {
        return gaps;
    }
}
