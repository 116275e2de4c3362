package io.ristflow.service.bench;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bench's own UDP socket of the loopback interface: {@link #BATCH} datagrams a system call, waiting where it must. Each datagram is a message of its own (neither GSO nor GRO), so that what reaches an
 * end is what an encoder sends, and what leaves it costs what a player costs. Not the host's ports: the meter shares no socket code with what it measures. One thread; {@link #close} when that has ended.
 */
final class BatchSocket implements AutoCloseable {
    static final int BATCH = 64;
    static final int MAX_DATAGRAM_BYTES = 2_048;

    private static final int AF_INET = 2, SOCK_DGRAM_CLOEXEC = 2 | 0x80000, SOL_SOCKET = 1, SO_RCVBUF = 8, SO_RCVTIMEO = 20, SO_RCVBUFFORCE = 33, MSG_WAITFORONE = 0x10000;
    private static final int EINTR = 4, EAGAIN = 11;
    private static final int SOCKADDR = 16, MMSGHDR = 64, IOVEC = 16, LENGTH_AT = 56;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    /** How long a read waits at most, so that its thread sees when it is over. */
    private static final int READ_PATIENCE_US = 100_000;

    private static final MethodHandle SOCKET, BIND, NAME, OPTION, RECEIVE, SEND, CLOSE;

    static {
        var i = ValueLayout.JAVA_INT;
        var p = ValueLayout.JAVA_LONG;
        SOCKET = Native.link("socket", FunctionDescriptor.of(i, i, i, i));
        BIND = Native.link("bind", FunctionDescriptor.of(i, i, p, i));
        NAME = Native.link("getsockname", FunctionDescriptor.of(i, i, p, p));
        OPTION = Native.link("setsockopt", FunctionDescriptor.of(i, i, i, i, p, i));
        RECEIVE = Native.link("recvmmsg", FunctionDescriptor.of(i, i, p, i, i, p));
        SEND = Native.link("sendmmsg", FunctionDescriptor.of(i, i, p, i, i));
        CLOSE = Native.link("close", FunctionDescriptor.of(i, i));
    }

    private final MemorySegment state = Native.newState();
    private final ByteBuffer headers = Native.struct(BATCH * MMSGHDR);
    private final ByteBuffer iovecs = Native.struct(BATCH * IOVEC);
    private final ByteBuffer names = Native.struct(BATCH * SOCKADDR);
    private final ByteBuffer cells = Native.struct(BATCH * MAX_DATAGRAM_BYTES).order(ByteOrder.BIG_ENDIAN);
    private final long headersAddress = Native.addressOf(headers);
    private final int fd;
    private final int port;
    private boolean closed;

    /**
     * Opens it on a port of the system's choice.
     *
     * @param receiveBufferBytes asked for by force, else as much as net.core.rmem_max allows
     * @throws IOException one line, if it cannot be had
     */
    BatchSocket(int receiveBufferBytes) throws IOException {
        for (int slot = 0; slot < BATCH; slot++) {
            headers.putLong(slot * MMSGHDR + 16, Native.addressOf(iovecs) + slot * IOVEC);
            headers.putLong(slot * MMSGHDR + 24, 1);
            iovecs.putLong(slot * IOVEC, Native.addressOf(cells) + (long) slot * MAX_DATAGRAM_BYTES);
            iovecs.putLong(slot * IOVEC + 8, MAX_DATAGRAM_BYTES);
            names.putShort(slot * SOCKADDR, (short) AF_INET).put(slot * SOCKADDR + 4, LOOPBACK);
        }
        fd = check("socket", call(() -> (int) SOCKET.invokeExact(state, AF_INET, SOCK_DGRAM_CLOEXEC, 0)));
        port = bound(receiveBufferBytes);
    }

    private int bound(int receiveBufferBytes) throws IOException {
        ByteBuffer value = Native.struct(4).putInt(0, receiveBufferBytes);
        if (option(SO_RCVBUFFORCE, value) != 0) option(SO_RCVBUF, value);
        option(SO_RCVTIMEO, Native.struct(16).putLong(8, READ_PATIENCE_US));
        ByteBuffer name = Native.struct(SOCKADDR + 4).putShort(0, (short) AF_INET).put(4, LOOPBACK).putInt(SOCKADDR, SOCKADDR);
        long address = Native.addressOf(name);
        try {
            check("bind", call(() -> (int) BIND.invokeExact(state, fd, address, SOCKADDR)));
            check("getsockname", call(() -> (int) NAME.invokeExact(state, fd, address, address + SOCKADDR)));
        } catch (IOException e) {
            close();
            throw e;
        }
        java.lang.ref.Reference.reachabilityFence(name);
        return name.order(ByteOrder.BIG_ENDIAN).getShort(2) & 0xFFFF;
    }

    private int option(int option, ByteBuffer value) {
        long address = Native.addressOf(value);
        int bytes = value.capacity();
        int result = call(() -> (int) OPTION.invokeExact(state, fd, SOL_SOCKET, option, address, bytes));
        java.lang.ref.Reference.reachabilityFence(value);
        return result;
    }

    int port() {
        return port;
    }

    /**
     * Waits for a datagram and takes those that came with it.
     *
     * @return how many; 0 if none came within a tenth of a second
     * @throws IOException if the socket is broken
     */
    int receive() throws IOException {
        for (int slot = 0; slot < BATCH; slot++) iovecs.putLong(slot * IOVEC + 8, MAX_DATAGRAM_BYTES);
        int count;
        try {
            count = (int) RECEIVE.invokeExact(state, fd, headersAddress, BATCH, MSG_WAITFORONE, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("recvmmsg", e);
        }
        if (count >= 0) return count;
        int errno = Native.errno(state);
        if (errno == EAGAIN || errno == EINTR) return 0;
        throw new IOException("recvmmsg: error " + errno);
    }

    /** The bytes of the {@code slot}th datagram received, until the next call; big-endian. */
    ByteBuffer datagram(int slot) {
        int start = slot * MAX_DATAGRAM_BYTES;
        return cells.clear().limit(start + headers.getInt(slot * MMSGHDR + LENGTH_AT)).position(start);
    }

    /** Lays a datagram (position to limit, at most {@link #MAX_DATAGRAM_BYTES}) to a port of this machine into a slot. */
    void put(int slot, int toPort, ByteBuffer payload) {
        cells.clear().put(slot * MAX_DATAGRAM_BYTES, payload, payload.position(), payload.remaining());
        iovecs.putLong(slot * IOVEC + 8, payload.remaining());
        names.put(slot * SOCKADDR + 2, (byte) (toPort >> 8)).put(slot * SOCKADDR + 3, (byte) toPort);
        headers.putLong(slot * MMSGHDR, Native.addressOf(names) + slot * SOCKADDR);
        headers.putInt(slot * MMSGHDR + 8, SOCKADDR);
    }

    /**
     * Sends the first {@code count} slots, at most {@link #BATCH}; waits while the kernel has no room.
     *
     * @throws IOException if the kernel refuses a datagram
     */
    void send(int count) throws IOException {
        for (int done = 0; done < count; ) {
            int sent;
            try {
                sent = (int) SEND.invokeExact(state, fd, headersAddress + (long) done * MMSGHDR, count - done, 0);
            } catch (Throwable e) {
                throw new IllegalStateException("sendmmsg", e);
            }
            if (sent < 0 && Native.errno(state) != EINTR) throw new IOException("sendmmsg: error " + Native.errno(state));
            done += Math.max(0, sent);
        }
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        call(() -> (int) CLOSE.invokeExact(state, fd));
    }

    /** A foreign call: an exact handle's call is typed by its place, so it stands in a lambda there. */
    private interface Call {
        int make() throws Throwable;
    }

    private static int call(Call call) {
        try {
            return call.make();
        } catch (Throwable e) {
            throw new IllegalStateException("a foreign call failed", e);
        }
    }

    private int check(String what, int result) throws IOException {
        if (result < 0) throw new IOException(what + ": error " + Native.errno(state));
        return result;
    }
}
