package io.ristflow.core.sim;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Fault;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.RistReceiver;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SessionConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One session with its host: clock, sockets, addresses, key maker. An address is an {@code int}: the node's number above, a port in the lower 16 bits. Simple has two ports,
 * P and P + 1; a listener sees both as one path if they differ by one, and as two if a NAT has torn the pair. Each leg of a bond has ports of its own.
 */
public final class Node implements EffectSink {
    private static final int MAX_PATHS = 512;
    private static final int FIRST_PORT = 1_968;
    private static final int PORTS_PER_LEG = 10_000;
    public static final int MAX_LEGS = 5;
    private static final int NONE = -1;
    /** So many deadlines in a millisecond are a session that spins. */
    private static final int SPIN_LIMIT = 500;

    public record Told(long atNs, SessionEvent event) {}

    /** A datagram that came out of band, a copy. */
    public record OutOfBand(int path, int etherType, byte[] bytes) {}

    public final List<OutOfBand> outOfBand = new ArrayList<>();

    final int number;
    final String name;
    private final World world;
    private final SessionConfig config;
    private final boolean twoPorts;
    private final boolean anyProfile;
    private final boolean listening;
    private final List<Told> events = new ArrayList<>();
    private final Map<Integer, Delivery> deliveries = new HashMap<>();

    // this node's clock
    private final long clockBaseNs;
    private final double clockRate;
    private final long tickNs;

    // this node's addresses, as others see them, and others' as it does
    private final int[] port = new int[MAX_LEGS];
    private int controlShift = 1;
    private final int[] mediaAddress = new int[MAX_PATHS];
    private final int[] controlAddress = new int[MAX_PATHS];
    /** Something came from a path's control port: where any profile may call, none but Simple has one. */
    private final boolean[] controlSeen = new boolean[MAX_PATHS];
    private final boolean[] used = new boolean[MAX_PATHS];
    private final int[] legOfPath = new int[MAX_PATHS];
    private final Map<Long, Integer> pathByMediaAddress = new HashMap<>();
    private final Map<Long, Integer> pathByControlAddress = new HashMap<>();

    private RistSession session;
    private long keyDelayNs = Ticks.NS_PER_MS;
    private boolean closed;
    private boolean controlBlocked;
    private boolean requestsBlocked;
    private long lastDeadlineNs = -1;
    private long windowNs;
    private int spins;

    public int keysDerived;
    public int rebinds;
    public long unexpectedDeliveries;
    /** Datagrams that left, by lane. */
    public long mediaOut;
    public long controlOut;

    Node(World world, int number, String name, SessionConfig config, RistSession session, long clockBaseNs, double ppm, long tickNs) {
        this.world = world;
        this.number = number;
        this.name = name;
        this.config = config;
        this.session = session;
        this.clockBaseNs = clockBaseNs;
        clockRate = 1 + ppm * 1e-6;
        this.tickNs = tickNs;
        twoPorts = config.profile().twoPorts();
        anyProfile = config.profile() == Profile.AUTO;
        listening = config.role() == Role.LISTENER;
        for (int leg = 0; leg < MAX_LEGS; leg++) port[leg] = FIRST_PORT + leg * PORTS_PER_LEG;
    }

    static int legOf(int address) {
        return ((address & 0xFFFF) - FIRST_PORT) / PORTS_PER_LEG;
    }

    // ---- the host's doings -----------------------------------------------------------------------------------------------------

    /** Where a caller's paths go, each to the listener's leg of that number, or to its last; before {@link #start}. */
    public Node calls(Node listener) {
        for (int leg = 0; leg < config.paths().size(); leg++) calls(leg, listener, Math.min(leg, listener.config.paths().size() - 1));
        return this;
    }

    private void calls(int leg, Node listener, int listenersLeg) {
        used[leg] = true;
        legOfPath[leg] = leg;
        mediaAddress[leg] = listener.mediaAddress(listenersLeg);
        controlAddress[leg] = listener.controlAddress(listenersLeg);
    }

    /** A path while the session runs; a caller's goes to the listener's leg of that number. */
    public void addPath(int leg, PathConfig path, Node listener) {
        if (!listening) calls(leg, listener, leg);
        session.addPath(clockNs(), leg, path, this);
    }

    public void removePath(int leg) {
        session.removePath(clockNs(), leg, this);
        if (!listening) used[leg] = false;
    }

    public void setWeight(int leg, int weight) {
        ((RistSender) session).setWeight(leg, weight);
    }

    public void start() {
        session.start(clockNs(), world.unixNs(), this);
    }

    public void usePassphrase(Parity parity) {
        usePassphrase(RistSession.EVERY_LEG, parity);
    }

    public void usePassphrase(int leg, Parity parity) {
        session.usePassphrase(clockNs(), leg, parity, this);
    }

    public void replacePassphrase(Parity parity, String passphrase) {
        replacePassphrase(RistSession.EVERY_LEG, parity, passphrase);
    }

    public void replacePassphrase(int leg, Parity parity, String passphrase) {
        session.replacePassphrase(clockNs(), leg, parity, passphrase, this);
    }

    /** Of the one secret that all paths share. */
    public KeyStats keys() {
        return allKeys().getFirst();
    }

    public List<KeyStats> allKeys() {
        return session.keyStats(clockNs());
    }

    void push(ByteBuffer payload) {
        ((RistSender) session).push(clockNs(), payload, this);
    }

    public void close() {
        session.close(clockNs(), this);
        closed = true;
    }

    /** The process dies without a word. */
    public void die() {
        closed = true;
    }

    /** A new process in the place of the old one, from a new source port or the same. */
    public void restart(RistSession fresh, boolean samePort) {
        session = fresh;
        closed = false;
        if (listening) {
            for (int i = 0; i < MAX_PATHS; i++) if (used[i]) closePath(i);
        }
        if (!samePort) rebind();
        start();
    }

    /** The source address that others see changes: a NAT's mapping expired, or the socket was bound anew. What is still sent to the old one is lost. */
    public void rebind() {
        for (int leg = 0; leg < MAX_LEGS; leg++) rebind(leg);
    }

    private void rebind(int leg) {
        port[leg] += 20;
    }

    /** A NAT gives the two ports of Simple numbers that have nothing to do with each other. */
    public Node tornPair() {
        controlShift = 7_001;
        return this;
    }

    /** A firewall lets no RTCP of this node out. */
    public Node blockControl() {
        controlBlocked = true;
        return this;
    }

    public Node keyDelayMs(long ms) {
        keyDelayNs = ms * Ticks.NS_PER_MS;
        return this;
    }

    /** From now on no request of this node (in the clear, by ranges) gets out. */
    public void blockRequests() {
        requestsBlocked = true;
    }

    private static boolean isRequest(ByteBuffer datagram) {
        for (int at = datagram.position(); at + 12 <= datagram.limit(); at++) {
            if ((datagram.getShort(at) & 0xFFFF) == 0x80CC && datagram.getInt(at + 8) == 0x5249_5354) return true;
        }
        return false;
    }

    void expect(Delivery delivery, int stream) {
        deliveries.put(stream, delivery);
    }

    // ---- what the world calls ------------------------------------------------------------------------------------------------------

    int mediaAddress() {
        return mediaAddress(0);
    }

    int controlAddress() {
        return controlAddress(0);
    }

    private int mediaAddress(int leg) {
        return number << 16 | port[leg];
    }

    private int controlAddress(int leg) {
        return number << 16 | (twoPorts ? port[leg] + controlShift : port[leg]);
    }

    /** A datagram has come to one of this node's addresses. */
    void receive(int from, int to, ByteBuffer datagram) {
        if (closed) return;
        int leg = legOf(to);
        boolean control = twoPorts && to == controlAddress(leg);
        if (!control && to != mediaAddress(leg)) return;
        int path = listening ? pathOf(leg, from, control) : used[leg] && mediaAddress[leg] >>> 16 == from >>> 16 ? leg : NONE;
        if (path != NONE && control) controlSeen[path] = true;
        if (path != NONE) session.onDatagram(clockNs(), path, datagram, this);
    }

    /** World time of the next deadline. */
    long deadlineNs() {
        if (closed) return Ticks.NEVER;
        long own = session.nextDeadlineNs();
        if (own == Ticks.NEVER) return Ticks.NEVER;
        long at = Math.max(world.nowNs(), worldNs(own));
        // A session that wants to be called again at the same instant is called again, but time must move on.
        return onTick(at == lastDeadlineNs ? at + 1_000 : at);
    }

    void onDeadline() {
        long now = world.nowNs();
        if (now - windowNs > Ticks.NS_PER_MS) {
            windowNs = now;
            spins = 0;
        }
        lastDeadlineNs = now;
        if (++spins > SPIN_LIMIT) throw new AssertionError(name + " spins: " + spins + " deadlines within a millisecond at " + now);
        session.onDeadline(clockNs(), this);
    }

    /** The next tick of the host at or after an instant; the instant itself if the host does not tick. */
    long onTick(long atNs) {
        return tickNs == 0 ? atNs : Math.ceilDiv(atNs, tickNs) * tickNs;
    }

    double clockRate() {
        return clockRate;
    }

    /** This node's monotonic clock. */
    public long clockNs() {
        return clockBaseNs + (long) (world.nowNs() * clockRate);
    }

    private long worldNs(long ownNs) {
        long at = (long) ((ownNs - clockBaseNs) / clockRate);
        while (clockBaseNs + (long) (at * clockRate) < ownNs) at++;
        return at;
    }

    // ---- paths -----------------------------------------------------------------------------------------------------------------

    private int pathOf(int leg, int from, boolean control) {
        Integer known = (control ? pathByControlAddress : pathByMediaAddress).get(key(leg, from));
        if (known != null) return known;
        int media = control ? from - 1 : from;
        Integer sibling = pathByMediaAddress.get(key(leg, media));
        int path = sibling != null ? sibling : free();
        if (path == NONE) return NONE;
        used[path] = true;
        legOfPath[path] = leg;
        mediaAddress[path] = media;
        pathByMediaAddress.put(key(leg, media), path);
        controlAddress[path] = twoPorts ? media + 1 : media;
        pathByControlAddress.put(key(leg, controlAddress[path]), path);
        if (sibling == null) session.onPathOpened(path, leg);
        return path;
    }

    private static long key(int leg, int address) {
        return (long) leg << 32 | address;
    }

    private int free() {
        for (int i = 0; i < MAX_PATHS; i++) if (!used[i]) return i;
        return NONE;
    }

    // ---- the session's effects -------------------------------------------------------------------------------------------------------

    @Override
    public void transmit(int path, Lane lane, ByteBuffer datagram) {
        if (lane == Lane.MEDIA) mediaOut++;
        else controlOut++;
        if (path < 0 || path >= MAX_PATHS || !used[path]) throw new AssertionError(name + " sends on path " + path + ", which has no address");
        if (lane == Lane.CONTROL && (controlBlocked || requestsBlocked && isRequest(datagram))) return;
        boolean control = twoPorts && lane == Lane.CONTROL && (!anyProfile || controlSeen[path]);
        int leg = legOfPath[path];
        world.send(this, control ? controlAddress(leg) : mediaAddress(leg), control ? controlAddress[path] : mediaAddress[path], datagram);
    }

    @Override
    public void deliver(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        Delivery delivery = payload.remaining() < Payloads.MIN_BYTES ? null : deliveries.get(Payloads.stream(payload));
        if (delivery == null) unexpectedDeliveries++;
        else delivery.onDelivered(world.nowNs(), flowId, sequence, payload);
    }

    @Override
    public void deliverOutOfBand(int path, int etherType, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        outOfBand.add(new OutOfBand(path, etherType, bytes));
    }

    @Override
    public void event(SessionEvent event) {
        events.add(new Told(world.nowNs(), event));
        if (event instanceof SessionEvent.RebindWanted wanted && !listening) {
            rebinds++;
            rebind(wanted.path());
        }
    }

    @Override
    public void deriveKey(KeyRequest request) {
        keysDerived++;
        RistSession asker = session;
        world.at(world.nowNs() + keyDelayNs, () -> {
            if (!closed && session == asker) session.onKeyDerived(clockNs(), request.derive(), this);
        });
    }

    @Override
    public void closePath(int path) {
        if (!listening || path < 0 || path >= MAX_PATHS || !used[path]) return;
        used[path] = false;
        pathByMediaAddress.remove(key(legOfPath[path], mediaAddress[path]));
        pathByControlAddress.remove(key(legOfPath[path], controlAddress[path]));
    }

    // ---- for tests to read -----------------------------------------------------------------------------------------------------------

    public int number() {
        return number;
    }

    public int mediaPort() {
        return port[0];
    }

    public boolean closed() {
        return closed;
    }

    public SessionConfig config() {
        return config;
    }

    public RistSender sender() {
        return (RistSender) session;
    }

    public RistReceiver receiver() {
        return (RistReceiver) session;
    }

    public List<Told> events() {
        return events;
    }

    public <E extends SessionEvent> List<E> events(Class<E> kind) {
        return events.stream().map(Told::event).filter(kind::isInstance).map(kind::cast).toList();
    }

    public boolean connected() {
        return !events(SessionEvent.PeerConnected.class).isEmpty();
    }

    /** World time when this fault was first told; -1 if never. */
    public long faultToldNs(Fault fault) {
        for (Told told : events) {
            if (told.event() instanceof SessionEvent.FaultRaised raised && raised.fault() == fault) return told.atNs();
        }
        return -1;
    }

    @Override
    public String toString() {
        return name;
    }
}
