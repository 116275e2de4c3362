package io.ristflow.core.sim;

import io.ristflow.core.Rist;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.config.SessionConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Virtual time, nodes, and the paths between them. Things that happen at one instant happen in the order in which they were arranged. */
public final class World {
    private static final long UNIX_START_NS = 1_795_000_000L * Ticks.NS_PER_SECOND;

    private final SplittableRandom random;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Long, SimulatedPath> paths = new HashMap<>();
    private final PriorityQueue<Arranged> arranged = new PriorityQueue<>();
    private final List<ByteBuffer> spare = new ArrayList<>();
    private final long[] arrivalsNs = new long[SimulatedPath.MAX_COPIES];
    private long tickNs;
    private long clockBaseNs = -1;
    private long nowNs;
    private long order;
    private double corrupted;
    private int streams;
    private final CRC32C trace = new CRC32C();
    private long traced;

    public World(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Hosts of nodes made from now on read, send and keep time on a tick instead of at once; 0: at once. */
    public World tickNs(long ns) {
        tickNs = ns;
        return this;
    }

    /** The monotonic clocks of nodes made from now on begin at this instant instead of any. */
    public World clocksFromNs(long ns) {
        clockBaseNs = ns;
        return this;
    }

    /** From now on this share of datagrams arrives with other bytes, or fewer of them, than were sent. */
    public void corrupt(double share) {
        corrupted = share;
    }

    // ---- who is in it ------------------------------------------------------------------------------------------------------------

    public Node sender(String name, SenderConfig config, double ppm) {
        return node(name, config.session(), Rist.sender(config, random.split()), ppm);
    }

    public Node receiver(String name, ReceiverConfig config, double ppm) {
        return node(name, config.session(), Rist.receiver(config, random.split()), ppm);
    }

    /** A node around any session. */
    public Node node(String name, SessionConfig config, RistSession session, double ppm) {
        // Clocks have nothing to do with each other
        long base = random.nextLong(1, 1L << 46);
        Node node = new Node(this, nodes.size() + 1, name, config, session, clockBaseNs < 0 ? base : clockBaseNs, ppm, tickNs);
        nodes.add(node);
        return node;
    }

    public SplittableRandom random() {
        return random;
    }

    /** One direction; without it nothing passes. */
    public SimulatedPath connect(Node from, Node to, PathConditions conditions) {
        return connect(from, to, 0, conditions);
    }

    /** One direction of one leg. Where a caller's legs lead to one port, the caller's port tells the leg. */
    public SimulatedPath connect(Node from, Node to, int leg, PathConditions conditions) {
        SimulatedPath path = new SimulatedPath(random.nextLong(), conditions);
        paths.put(key(from.number, to.number, leg), path);
        return path;
    }

    public Stream stream(Node from, Payloads payloads, double packetsPerSecond, int packets) {
        return new Stream(this, from, ++streams, payloads, packetsPerSecond, packets);
    }

    public Delivery expect(Stream stream, Node at) {
        Delivery delivery = new Delivery(stream);
        at.expect(delivery, stream.id);
        return delivery;
    }

    // ---- time --------------------------------------------------------------------------------------------------------------------

    public long nowNs() {
        return nowNs;
    }

    public long nowMs() {
        return nowNs / Ticks.NS_PER_MS;
    }

    long unixNs() {
        return UNIX_START_NS + nowNs;
    }

    public void at(long ns, Runnable what) {
        arrange(Math.max(ns, nowNs), what);
    }

    public void atMs(long ms, Runnable what) {
        at(ms * Ticks.NS_PER_MS, what);
    }

    public void runMs(long ms) {
        runUntilNs(nowNs + ms * Ticks.NS_PER_MS);
    }

    public void runUntilNs(long untilNs) {
        while (step(untilNs)) {}
    }

    /** Runs until something is so; false if it was not within this time. */
    public boolean runUntil(java.util.function.BooleanSupplier so, long withinMs) {
        long untilNs = nowNs + withinMs * Ticks.NS_PER_MS;
        while (!so.getAsBoolean()) if (!step(untilNs)) return so.getAsBoolean();
        return true;
    }

    private boolean step(long untilNs) {
        Node node = null;
        long nodeNs = Ticks.NEVER;
        for (int i = 0; i < nodes.size(); i++) {
            long ns = nodes.get(i).deadlineNs();
            if (ns < nodeNs) {
                nodeNs = ns;
                node = nodes.get(i);
            }
        }
        Arranged first = arranged.peek();
        long firstNs = first == null ? Ticks.NEVER : first.atNs;
        if (Math.min(firstNs, nodeNs) > untilNs) {
            nowNs = Math.max(nowNs, untilNs);
            return false;
        }
        if (firstNs <= nodeNs) {
            nowNs = Math.max(nowNs, firstNs);
            arranged.poll();
            first.what.run();
        } else {
            nowNs = nodeNs;
            node.onDeadline();
        }
        return true;
    }

    // ---- datagrams ---------------------------------------------------------------------------------------------------------------

    /** A number that follows from every byte sent and its instant: equal runs have equal ones. */
    public long trace() {
        return trace.getValue() << 32 ^ traced;
    }

    private void trace(int fromAddress, int toAddress, ByteBuffer datagram) {
        traced = traced * 31 + nowNs + fromAddress * 17L + toAddress;
        trace.update(datagram.duplicate());
    }

    void send(Node from, int fromAddress, int toAddress, ByteBuffer datagram) {
        Node to = nodes.get((toAddress >>> 16) - 1);
        int leg = Math.max(Node.legOf(fromAddress), Node.legOf(toAddress));
        SimulatedPath path = paths.get(key(from.number, to.number, leg));
        if (path == null) return;
        trace(fromAddress, toAddress, datagram);
        int copies = path.send(nowNs, datagram.remaining(), arrivalsNs);
        for (int i = 0; i < copies; i++) {
            ByteBuffer copy = copy(datagram);
            if (corrupted > 0 && random.nextDouble() < corrupted) corrupt(copy);
            arrange(to.onTick(arrivalsNs[i]), () -> {
                to.receive(fromAddress, toAddress, copy);
                spare.add(copy);
            });
        }
    }

    /** Puts a datagram of a test's own making before a node, as if a stranger had sent it. */
    public void inject(Node to, int fromNode, int fromPort, boolean control, ByteBuffer datagram) {
        to.receive(fromNode << 16 | fromPort, control ? to.controlAddress() : to.mediaAddress(), copy(datagram));
    }

    private ByteBuffer copy(ByteBuffer datagram) {
        ByteBuffer copy = spare.isEmpty() ? ByteBuffer.allocateDirect(10_300) : spare.removeLast();
        copy.clear().put(0, datagram, datagram.position(), datagram.remaining());
        return copy.limit(datagram.remaining());
    }

    private void arrange(long atNs, Runnable what) {
        arranged.add(new Arranged(atNs, order++, what));
    }

    private void corrupt(ByteBuffer datagram) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            // Headers are where it hurts
            int at = random.nextInt(random.nextBoolean() ? Math.min(40, datagram.limit()) : datagram.limit());
            datagram.put(at, (byte) random.nextInt());
        }
        if (random.nextInt(4) == 0) datagram.limit(random.nextInt(datagram.limit() + 1));
    }

    private static long key(int from, int to, int leg) {
        return (long) leg << 48 | (long) from << 24 | to;
    }

    private record Arranged(long atNs, long order, Runnable what) implements Comparable<Arranged> {
        @Override
        public int compareTo(Arranged o) {
            return atNs != o.atNs ? Long.compare(atNs, o.atNs) : Long.compare(order, o.order);
        }
    }
}
