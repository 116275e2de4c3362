package io.ristflow.service.runtime;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.RistSender;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.PortStats;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** One RIST session with its sockets: the session's effects become datagrams here, datagrams become its input. On the flow's loop. */
final class RistEnd implements EffectSink, LegSockets.Incoming {
    private static final long WALL_CLOCK_NS = 10_000_000_000L;

    /** Opens a port; the host decides on which transport. */
    interface Opener {
        DatagramPort open(InetSocketAddress bind, Endpoint.Network network, int receiveBufferBytes, int sendBufferBytes);
    }

    /** Runs derivations elsewhere and calls back on the loop. */
    interface KeyMaker {
        void derive(KeyRequest request, java.util.function.Consumer<KeyRequest.DerivedKey> onLoop);
    }

    interface Deliveries {
        void onPayload(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload);

        void onFlowStarted(int flowId);

        void onFlowEnded(int flowId);
    }

    private final String flowName;
    private final String endpointName;
    private final SessionConfig config;
    private final RistSession session;
    private final Opener opener;
    private final KeyMaker keys;
    private final Deliveries deliveries;
    private final FlowEventListener listener;
    private SourceFilter filter;
    private final PeerBook peers = new PeerBook();
    /** Paths of hosts that may not call any more; they are silent until the session gives them up. */
    private final BitSet barred = new BitSet();

    private final boolean listening;
    /** By leg; null where one was taken out. */
    private final LegSockets[] legs = new LegSockets[PathConfig.MAX_PATHS];
    private final int[] legOfPath = new int[PathAddresses.MAX_PATHS];
    private final PathNumbers numbers = new PathNumbers();
    private int legCount;
    private long nowNs;
    private long nextWallClockNs;
    /** Null: no datagrams beside the media, no encoder to tell. */
    private SideChannel side;
    private EncoderWebhook webhook;
    private boolean begun;
    private boolean admitting = true;
    private boolean closed;

    RistEnd(String flowName, String endpointName, SessionConfig config, List<Endpoint.RistPath> wiring, List<String> allowedSources, RistSession session, FlowLoop.Host host, Deliveries deliveries) {
        this.flowName = flowName;
        this.endpointName = endpointName;
        this.config = config;
        this.session = session;
        this.opener = host.opener();
        this.keys = host.keys();
        this.listener = host.listener();
        this.deliveries = deliveries;
        filter = new SourceFilter(allowedSources);
        listening = config.role() == Role.LISTENER;
        for (int leg = 0; leg < wiring.size(); leg++) put(legSockets(leg, wiring.get(leg)));
    }

    /** Before {@link #open}. {@code wiring} null: none. */
    RistEnd withOutOfBand(Endpoint.OutOfBand outOfBand) {
        if (outOfBand != null) side = new SideChannel(outOfBand, opener);
        return this;
    }

    /** Before {@link #open}. {@code hook} null: none. */
    RistEnd withWebhook(EncoderWebhook hook) {
        webhook = hook;
        return this;
    }

    /** Binds. @throws io.ristflow.service.net.PortException if a port cannot be had */
    void open() {
        for (int i = 0; i < legCount; i++) legs[i].open();
        if (side != null) side.open();
        if (webhook != null) webhook.start();
    }

    private void put(LegSockets leg) {
        legs[leg.leg] = leg;
        legCount = Math.max(legCount, leg.leg + 1);
        if (!listening) legOfPath[leg.leg] = leg.leg;
    }

    void begin(long now) {
        begun = true;
        nowNs = now;
        nextWallClockNs = now + WALL_CLOCK_NS;
        session.start(now, unixNs(), this);
        flush();
    }

    private static long unixNs() {
        Instant wall = Instant.now();
        return wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
    }

    private LegSockets legSockets(int leg, Endpoint.RistPath wiring) {
        return new LegSockets(leg, wiring, config, opener, source -> admitting && filter.allows(source), numbers, this);
    }

    // ---- in --------------------------------------------------------------------------------------------------------------------

    /** Reads what has come. @return datagrams read */
    int receive(long now) {
        nowNs = Math.max(nowNs, now);
        int count = 0;
        for (int i = 0; i < legCount; i++) if (legs[i] != null) count += legs[i].receive();
        if (side != null) count += side.poll(nowNs, session, this);
        return count;
    }

    @Override
    public void onOpened(int leg, int path) {
        barred.clear(path);
        legOfPath[path] = leg;
        session.onPathOpened(path, leg);
    }

    @Override
    public void onDatagram(int leg, int path, ByteBuffer datagram) {
        if (barred.get(path)) return;
        // Read anew per datagram: what came while a long tick was at work must not seem to have come before it.
        nowNs = System.nanoTime();
        session.onDatagram(nowNs, path, datagram, this);
    }

    /** Lets time pass for the session. */
    void tick(long tickNs) {
        // What came in this tick was timed when it was read: to a session time never runs back
        long now = nowNs = Math.max(nowNs, tickNs);
        if (now >= session.nextDeadlineNs()) session.onDeadline(now, this);
        if (now >= nextWallClockNs) {
            nextWallClockNs = now + WALL_CLOCK_NS;
            session.onWallClock(now, unixNs());
        }
    }

    void flush() {
        for (int i = 0; i < legCount; i++) if (legs[i] != null) legs[i].flush();
        if (side != null) side.flush();
    }

    /** The session's farewell, then the sockets. */
    void close(long now) {
        if (closed) return;
        closed = true;
        if (webhook != null) webhook.close();
        if (!begun) {
            closeSockets();
            return;
        }
        nowNs = Math.max(nowNs, now);
        try {
            session.close(nowNs, this);
            flush();
        } finally {
            closeSockets();
        }
    }

    private void closeSockets() {
        for (int i = 0; i < legCount; i++) if (legs[i] != null) legs[i].close();
        if (side != null) side.close();
    }

    /** From now on only those are heard that are known. */
    void admitNobodyNew() {
        admitting = false;
    }

    boolean closed() {
        return closed;
    }

    // ---- the session's effects -----------------------------------------------------------------------------------------------------

    @Override
    public void transmit(int path, Lane lane, ByteBuffer datagram) {
        LegSockets leg = legs[legOfPath[path]];
        if (leg != null) leg.transmit(path, lane, datagram);
    }

    @Override
    public void deliver(int flowId, long sequence, long sourceTimeNs, ByteBuffer payload) {
        deliveries.onPayload(flowId, sequence, sourceTimeNs, payload);
    }

    @Override
    public void deliverOutOfBand(int path, int etherType, ByteBuffer payload) {
        if (side != null) side.forward(etherType, payload);
    }

    @Override
    public void deriveKey(KeyRequest request) {
        keys.derive(request, key -> {
            if (closed) return;
            nowNs = System.nanoTime();
            session.onKeyDerived(nowNs, key, this);
            flush();
        });
    }

    @Override
    public void closePath(int path) {
        peers.closed(nowNs, path);
        barred.clear(path);
        LegSockets leg = legs[legOfPath[path]];
        if (leg != null) leg.release(path);
    }

    @Override
    public void event(SessionEvent event) {
        int path = PeerBook.path(event);
        peers.heard(nowNs, event, remoteAddress(path), legName(path));
        switch (event) {
            case SessionEvent.FlowStarted e -> deliveries.onFlowStarted(e.flowId());
            case SessionEvent.FlowEnded e -> deliveries.onFlowEnded(e.flowId());
            case SessionEvent.TargetBitrate e -> {
                if (webhook != null) webhook.tell(e.bps());
            }
            case SessionEvent.RebindWanted e -> {
                LegSockets leg = legs[legOfPath[e.path()]];
                if (leg != null) leg.rebind();
            }
            case SessionEvent.PeerConnected _, SessionEvent.PeerLost _, SessionEvent.PeerAuthenticated _, SessionEvent.PeerRefused _, SessionEvent.FaultRaised _, SessionEvent.FaultCleared _,
                    SessionEvent.BufferChanged _, SessionEvent.PassphraseInForce _, SessionEvent.PeerPassphraseChanged _ -> {}
        }
        listener.onEvent(flowName, endpointName, remote(path), event);
    }

    // ---- keys ----------------------------------------------------------------------------------------------------------------------

    /**
     * Goes over to a passphrase where there are two; where that is in force already nothing happens.
     *
     * @param path whose own it is, empty: that of all that have none of their own; null: all of these
     * @param parity null: to the other one
     * @return what was asked for, a line per secret; empty if nowhere are two
     */
    List<FlowSnapshot.KeyView> usePassphrase(long now, String path, Parity parity) {
        List<FlowSnapshot.KeyView> views = new ArrayList<>();
        if (closed) return views;
        nowNs = Math.max(nowNs, now);
        for (KeyStats key : session.keyStats(nowNs)) {
            if (!key.twoPassphrases() || path != null && !path.equals(owner(key))) continue;
            session.usePassphrase(nowNs, key.leg(), parity == null ? key.inForce().other() : parity, this);
        }
        flush();
        for (FlowSnapshot.KeyView view : keys(nowNs)) if (view.stats().twoPassphrases()) views.add(view);
        return views;
    }

    /** @param path as for {@link #usePassphrase}, not null. @throws IllegalStateException if this end has no such secret */
    void replacePassphrase(long now, String path, Parity parity, String passphrase) {
        if (closed) return;
        LegSockets owner = legNamed(path);
        if (owner == null && !path.isEmpty()) throw new IllegalStateException("no path is named " + path);
        nowNs = Math.max(nowNs, now);
        session.replacePassphrase(nowNs, owner == null ? RistSession.EVERY_LEG : owner.leg, parity, passphrase, this);
        flush();
    }

    List<FlowSnapshot.KeyView> keys(long now) {
        List<FlowSnapshot.KeyView> views = new ArrayList<>();
        for (KeyStats key : session.keyStats(Math.max(nowNs, now))) views.add(new FlowSnapshot.KeyView(endpointName, owner(key), key));
        return views;
    }

    /** The path whose own secret it is; empty if paths share it. */
    private String owner(KeyStats key) {
        return key.leg() < 0 || legs[key.leg()] == null ? "" : legs[key.leg()].wiring.name();
    }

    // ---- who may call ----------------------------------------------------------------------------------------------------------------

    /** From now on; peers from elsewhere are not heard any more. @param networks empty: everybody */
    void allowSources(List<String> networks) {
        filter = new SourceFilter(networks);
        for (int path = 0; path < PathAddresses.MAX_PATHS; path++) {
            InetSocketAddress remote = remoteAddress(path);
            barred.set(path, remote != null && !filter.allows(remote.getAddress()));
        }
    }

    // ---- the bond ----------------------------------------------------------------------------------------------------------------

    /**
     * A path more while the session runs.
     *
     * @throws io.ristflow.core.config.ConfigException if its name is taken or there are too many
     * @throws io.ristflow.service.net.PortException if its port cannot be had
     */
    void addPath(long now, Endpoint.RistPath wiring, PathConfig path) {
        if (closed) return;
        checkFits(wiring, path);
        if (legNamed(path.name()) != null) throw new ConfigException("path", path.name() + " is there already; choose another name");
        int number = 0;
        while (number < legs.length && legs[number] != null) number++;
        if (number == legs.length) throw new ConfigException("paths", "there are " + PathConfig.MAX_PATHS + " already; remove one first");
        LegSockets leg = legSockets(number, wiring);
        leg.open();
        put(leg);
        nowNs = Math.max(nowNs, now);
        session.addPath(nowNs, number, path, this);
        flush();
    }

    private void checkFits(Endpoint.RistPath wiring, PathConfig path) {
        if ((wiring.remote() == null) != listening) {
            throw new ConfigException("path " + path.name(), listening ? "the other paths listen; write @ before the host" : "the other paths call; write the host without @");
        }
        int port = listening ? wiring.local().getPort() : wiring.remote().getPort();
        if (config.profile().twoPorts() && port % 2 != 0) throw new ConfigException("path " + path.name(), "port " + port + " is odd; with the Simple profile the next port carries RTCP, so it must be even");
        if (config.profile() == Profile.SIMPLE && path.psk() != null) throw new ConfigException("path " + path.name(), "the Simple profile has no encryption; leave the secret out");
    }

    /** @return false if there is none of that name; throws {@link ConfigException} if it is the only one */
    boolean removePath(long now, String name) {
        LegSockets leg = legNamed(name);
        if (closed || leg == null) return false;
        int count = 0;
        for (int i = 0; i < legCount; i++) if (legs[i] != null) count++;
        if (count == 1) throw new ConfigException("path", name + " is the only path; add another first");
        nowNs = Math.max(nowNs, now);
        session.removePath(nowNs, leg.leg, this);
        leg.flush();
        leg.close();
        legs[leg.leg] = null;
        return true;
    }

    /** A sender's. @return false if there is no path of that name */
    boolean weigh(String name, int weight) {
        LegSockets leg = legNamed(name);
        if (closed || leg == null || !(session instanceof RistSender sender)) return false;
        sender.setWeight(leg.leg, weight);
        return true;
    }

    private LegSockets legNamed(String name) {
        for (int i = 0; i < legCount; i++) if (legs[i] != null && legs[i].wiring.name().equals(name)) return legs[i];
        return null;
    }

    /** New source ports for every path of a caller. */
    void rebind() {
        for (int i = 0; i < legCount; i++) if (legs[i] != null) legs[i].rebind();
    }

    // ---- what others see ---------------------------------------------------------------------------------------------------------

    private String remote(int path) {
        return text(remoteAddress(path));
    }

    private InetSocketAddress remoteAddress(int path) {
        LegSockets leg = path < 0 ? null : legs[legOfPath[path]];
        return leg == null ? null : leg.remote(path);
    }

    /** The configured path that this one belongs to; empty if it was taken out. */
    private String legName(int path) {
        LegSockets leg = path < 0 ? null : legs[legOfPath[path]];
        return leg == null ? "" : leg.wiring.name();
    }

    static String text(InetSocketAddress address) {
        if (address == null) return "";
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Nothing comes back on this link, or goes back. */
    boolean oneWay() {
        return config.oneWay();
    }

    boolean listening() {
        return listening;
    }

    String profile() {
        return config.profile().name().toLowerCase(Locale.ROOT);
    }

    /** Of the first path, where there are several. */
    String localAddress() {
        LegSockets leg = firstLeg();
        return leg == null ? "" : text(leg.localAddress());
    }

    boolean batched() {
        LegSockets leg = firstLeg();
        return leg != null && leg.batched();
    }

    private LegSockets firstLeg() {
        for (int i = 0; i < legCount; i++) if (legs[i] != null) return legs[i];
        return null;
    }

    List<PortStats> portStats() {
        List<PortStats> stats = new ArrayList<>(2 * legCount);
        for (int i = 0; i < legCount; i++) if (legs[i] != null) legs[i].addStats(stats);
        return stats;
    }

    List<FlowSnapshot.FaultView> faults(long now) {
        return peers.faults(now);
    }

    /** Null: none. */
    FlowSnapshot.OutOfBandView outOfBand() {
        return side == null ? null : side.view();
    }

    /** Null: none. */
    FlowSnapshot.WebhookView webhook() {
        return webhook == null ? null : webhook.view();
    }

    /** Whether there ever was a peer. */
    boolean hadPeer() {
        return peers.hadPeer();
    }

    FlowSnapshot.ConnectionsView connections() {
        return peers.connections();
    }

    List<FlowSnapshot.PathView> views(List<PathStats> stats) {
        List<FlowSnapshot.PathView> views = new ArrayList<>(stats.size());
        for (PathStats path : stats) {
            String remote = remote(path.path());
            LegSockets leg = legs[legOfPath[path.path()]];
            String own = leg == null ? path.bonding().name() : leg.wiring.name();
            String name = !listening ? own : legCount == 1 ? "path" + path.path() : own + "-" + path.path();
            views.add(new FlowSnapshot.PathView(name, remote, "rist://" + remote, path, peers.user(path.path())));
        }
        return views;
    }
}
