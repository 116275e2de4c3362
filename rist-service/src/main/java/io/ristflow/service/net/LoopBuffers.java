package io.ristflow.service.net;

import io.netty.channel.EventLoop;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.WeakHashMap;

/** What the ports of one event loop share, as they send and receive in turn: about 2 MiB for receiving (touched as needed), up to 4 MiB of chunks while much waits to be sent. */
final class LoopBuffers {
    private static final Map<EventLoop, LoopBuffers> OF_LOOP = new WeakHashMap<>();

    private static final int SLOTS = 32;
    /** A cell takes what UDP_GRO joins, so any datagram fits whole and MSG_TRUNC cannot be. */
    private static final int CELL_BYTES = 65_536;

    final MemorySegment state = Syscalls.newState();
    private final ByteBuffer timespec = Syscalls.struct(16);
    private final long timespecAddress = Syscalls.addressOf(timespec);
    final SendBatch sendBatch = new SendBatch();
    final SendQueue.Pool chunks = new SendQueue.Pool();
    final ReceiveArena receive = new ReceiveArena(SLOTS, CELL_BYTES);

    long realTimeNs() {
        return Syscalls.realTimeNs(state, timespec, timespecAddress);
    }

    static LoopBuffers of(EventLoop loop) {
        synchronized (OF_LOOP) {
            return OF_LOOP.computeIfAbsent(loop, l -> new LoopBuffers());
        }
    }
}
