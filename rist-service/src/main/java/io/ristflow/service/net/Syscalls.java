package io.ristflow.service.net;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The six calls into the C library that a batched port needs, with Linux' numbers (the same on x86_64 and aarch64). Pointers are passed as numbers: the memory belongs to
 * buffers that the caller holds on to. Nothing is allocated per call.
 */
final class Syscalls {
    static final int EINTR = 4, EIO = 5, EAGAIN = 11, EACCES = 13, ENODEV = 19, EINVAL = 22, EMSGSIZE = 90, EOPNOTSUPP = 95, EAFNOSUPPORT = 97, EADDRINUSE = 98,
            EADDRNOTAVAIL = 99, ENOBUFS = 105, ECONNREFUSED = 111;
    static final int SOL_SOCKET = 1, SOL_UDP = 17, IPPROTO_IP = 0, IPPROTO_IPV6 = 41;
    static final int SO_SNDBUF = 7, SO_RCVBUF = 8, SO_SNDBUFFORCE = 32, SO_RCVBUFFORCE = 33, SO_TIMESTAMPNS = 35, SO_RXQ_OVFL = 40, UDP_SEGMENT = 103, UDP_GRO = 104;
    static final int MSG_DONTWAIT = 0x40;
    private static final int CLOCK_REALTIME = 0;
    static final short AF_INET = 2, AF_INET6 = 10;

    /** Null, or why these calls cannot be made on this system. */
    static final String UNAVAILABLE;

    /** The forms of the calls that were linked; a native executable must know them beforehand. */
    static final Set<FunctionDescriptor> LINKED = new LinkedHashSet<>();

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle RECVMMSG, SENDMMSG, SETSOCKOPT, GETSOCKOPT, CONNECT, CLOCK_GETTIME;

    static {
        MethodHandle receive = null, send = null, set = null, get = null, connect = null, clock = null;
        String why = null;
        String arch = System.getProperty("os.arch");
        if (!System.getProperty("os.name").startsWith("Linux")) {
            why = "not Linux";
        } else if (!arch.equals("amd64") && !arch.equals("aarch64")) {
            why = "no struct layouts for " + arch;
        } else {
            try {
                var i = ValueLayout.JAVA_INT;
                var p = ValueLayout.JAVA_LONG;
                receive = link("recvmmsg", FunctionDescriptor.of(i, i, p, i, i, p));
                send = link("sendmmsg", FunctionDescriptor.of(i, i, p, i, i));
                set = link("setsockopt", FunctionDescriptor.of(i, i, i, i, p, i));
                get = link("getsockopt", FunctionDescriptor.of(i, i, i, i, p, p));
                connect = link("connect", FunctionDescriptor.of(i, i, p, i));
                clock = link("clock_gettime", FunctionDescriptor.of(i, i, p));
            } catch (RuntimeException | LinkageError e) {
                why = "foreign calls are refused: " + e.getMessage();
            }
        }
        RECVMMSG = receive;
        SENDMMSG = send;
        SETSOCKOPT = set;
        GETSOCKOPT = get;
        CONNECT = connect;
        CLOCK_GETTIME = clock;
        UNAVAILABLE = why;
    }

    private Syscalls() {}

    private static MethodHandle link(String name, FunctionDescriptor descriptor) {
        LINKED.add(descriptor);
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    /** Where a call leaves its errno; one per event loop. */
    static MemorySegment newState() {
        return Arena.ofAuto().allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return state.get(ValueLayout.JAVA_INT, ERRNO);
    }

    static long addressOf(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct.duplicate().clear()).address();
    }

    /** @return messages received, or -1 */
    static int recvmmsg(MemorySegment state, int fd, long messages, int count) {
        try {
            return (int) RECVMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("recvmmsg", e);
        }
    }

    /** @return messages sent, or -1 when the first one was refused */
    static int sendmmsg(MemorySegment state, int fd, long messages, int count) {
        try {
            return (int) SENDMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT);
        } catch (Throwable e) {
            throw new IllegalStateException("sendmmsg", e);
        }
    }

    /** @return 0 or errno */
    static int setsockopt(int fd, int level, int option, ByteBuffer value) {
        MemorySegment state = newState();
        try {
            int result = (int) SETSOCKOPT.invokeExact(state, fd, level, option, addressOf(value), value.capacity());
            return result == 0 ? 0 : errno(state);
        } catch (Throwable e) {
            throw new IllegalStateException("setsockopt", e);
        } finally {
            java.lang.ref.Reference.reachabilityFence(value);
        }
    }

    static int setsockopt(int fd, int level, int option, int value) {
        return setsockopt(fd, level, option, struct(4).putInt(0, value));
    }

    /** @return the value, or -1 */
    static int getsockopt(int fd, int level, int option) {
        MemorySegment state = newState();
        ByteBuffer value = struct(8).putInt(4, 4);
        try {
            long address = addressOf(value);
            int result = (int) GETSOCKOPT.invokeExact(state, fd, level, option, address, address + 4);
            return result == 0 ? value.getInt(0) : -1;
        } catch (Throwable e) {
            throw new IllegalStateException("getsockopt", e);
        }
    }

    /** @return 0 or errno */
    static int connect(int fd, long sockaddr, int length) {
        MemorySegment state = newState();
        try {
            int result = (int) CONNECT.invokeExact(state, fd, sockaddr, length);
            return result == 0 ? 0 : errno(state);
        } catch (Throwable e) {
            throw new IllegalStateException("connect", e);
        }
    }

    /** Nanoseconds since 1970: the clock of the kernel's stamps on datagrams. {@code timespec} is 16 bytes of scratch. */
    static long realTimeNs(MemorySegment state, ByteBuffer timespec, long timespecAddress) {
        try {
            int result = (int) CLOCK_GETTIME.invokeExact(state, CLOCK_REALTIME, timespecAddress);
            return result == 0 ? timespec.getLong(0) * 1_000_000_000L + timespec.getLong(8) : 0;
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime", e);
        }
    }

    /** Zeroed memory outside the heap, in the machine's byte order. */
    static ByteBuffer struct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(java.nio.ByteOrder.nativeOrder());
    }
}
