package io.ristflow.service.net;

import java.nio.ByteBuffer;

/**
 * Where recvmmsg puts what it reads: slots of a cell, a source address and control messages. One per loop, shared by its ports: a port hands everything on before it returns.
 */
final class ReceiveArena {
    private static final int MMSGHDR = 64, IOVEC = 16, NAME = 32, CONTROL = 96, CMSGHDR = 16;

    /** Handed to handlers, position and limit set to one datagram. */
    final ByteBuffer datagram;
    final ByteBuffer names;
    final int slots;

    private final int cell;
    private final ByteBuffer headers, iovecs, controls;
    private final ByteBuffer cells;
    private final long headersAddress;
    private int dirty;
    private boolean busy;
    private int segment;
    private long drops;
    private long stampNs;

    ReceiveArena(int slots, int cell) {
        this.slots = slots;
        this.cell = cell;
        headers = Syscalls.struct(slots * MMSGHDR);
        iovecs = Syscalls.struct(slots * IOVEC);
        names = Syscalls.struct(slots * NAME);
        controls = Syscalls.struct(slots * CONTROL);
        cells = ByteBuffer.allocateDirect(slots * cell);
        datagram = cells.duplicate();
        headersAddress = Syscalls.addressOf(headers);
        for (int i = 0; i < slots; i++) {
            headers.putLong(i * MMSGHDR, Syscalls.addressOf(names) + i * NAME);
            headers.putLong(i * MMSGHDR + 16, Syscalls.addressOf(iovecs) + i * IOVEC);
            headers.putLong(i * MMSGHDR + 24, 1);
            headers.putLong(i * MMSGHDR + 32, Syscalls.addressOf(controls) + i * CONTROL);
            iovecs.putLong(i * IOVEC, Syscalls.addressOf(cells) + (long) i * cell);
            iovecs.putLong(i * IOVEC + 8, cell);
        }
        dirty = slots;
    }

    void enter() {
        if (busy) throw new IllegalStateException("a datagram handler must not receive from another port: the bytes it looks at would be overwritten");
        busy = true;
    }

    void leave() {
        busy = false;
    }

    /** @return the headers for a call, with the lengths that the last call overwrote put right */
    long prepare() {
        for (int i = 0; i < dirty; i++) {
            headers.putInt(i * MMSGHDR + 8, NAME);
            headers.putLong(i * MMSGHDR + 40, CONTROL);
        }
        dirty = 0;
        return headersAddress;
    }

    void received(int messages) {
        dirty = messages;
    }

    static int name(int slot) {
        return slot * NAME;
    }

    int length(int slot) {
        return headers.getInt(slot * MMSGHDR + 56);
    }

    /** Reads a slot's control messages: see {@link #segment}, {@link #drops} and {@link #stampNs}. */
    void readControl(int slot) {
        segment = 0;
        drops = -1;
        stampNs = 0;
        int at = slot * CONTROL;
        int end = at + (int) headers.getLong(slot * MMSGHDR + 40);
        while (at + CMSGHDR < end) {
            int length = (int) controls.getLong(at);
            if (length < CMSGHDR) return;
            int level = controls.getInt(at + 8);
            int type = controls.getInt(at + 12);
            if (level == Syscalls.SOL_UDP && type == Syscalls.UDP_GRO) segment = controls.getInt(at + CMSGHDR);
            if (level == Syscalls.SOL_SOCKET && type == Syscalls.SO_RXQ_OVFL) drops = Integer.toUnsignedLong(controls.getInt(at + CMSGHDR));
            if (level == Syscalls.SOL_SOCKET && type == Syscalls.SO_TIMESTAMPNS) stampNs = controls.getLong(at + CMSGHDR) * 1_000_000_000L + controls.getLong(at + CMSGHDR + 8);
            at += length + 7 & ~7;
        }
    }

    /** Bytes per datagram if the kernel joined several (UDP_GRO), else 0. */
    int segment() {
        return segment;
    }

    /** Datagrams the kernel has dropped on this socket so far (32 bits), or -1 if it did not say. */
    long drops() {
        return drops;
    }

    /** When the kernel took it in, nanoseconds since 1970, or 0 if it did not say. */
    long stampNs() {
        return stampNs;
    }

    /** The datagram {@code offset} bytes into a slot. */
    ByteBuffer view(int slot, int offset, int length) {
        int start = slot * cell + offset;
        return datagram.clear().position(start).limit(start + length);
    }
}
