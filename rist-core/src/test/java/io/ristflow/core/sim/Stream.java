package io.ristflow.core.sim;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Numbered payloads pushed into a sender at an even rate. Remembers when each was pushed. */
public final class Stream {
    final int id;
    final Payloads payloads;
    private final World world;
    private final Node sender;
    private final long startNs;
    private final double intervalNs;
    private final int total;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(10_000);
    private long[] pushedNs = new long[1_024];
    private int pushed;

    Stream(World world, Node sender, int id, Payloads payloads, double packetsPerSecond, int total) {
        this.world = world;
        this.sender = sender;
        this.id = id;
        this.payloads = payloads;
        this.total = total;
        // The source's clock spaces them, not the world's
        intervalNs = 1e9 / packetsPerSecond / sender.clockRate();
        startNs = world.nowNs();
        world.at(startNs, this::pushNext);
    }

    private void pushNext() {
        if (pushed == total || sender.closed()) return;
        if (pushed == pushedNs.length) pushedNs = Arrays.copyOf(pushedNs, pushed * 2);
        pushedNs[pushed] = world.nowNs();
        payloads.fill(buffer, id, pushed);
        buffer.position(0);
        pushed++;
        sender.push(buffer);
        if (pushed < total) world.at(startNs + (long) (pushed * intervalNs), this::pushNext);
    }

    /** How many were pushed so far. */
    public int pushed() {
        return pushed;
    }

    public long pushedNs(int number) {
        return pushedNs[number];
    }

    public long endNs() {
        return startNs + (long) (total * intervalNs);
    }
}
