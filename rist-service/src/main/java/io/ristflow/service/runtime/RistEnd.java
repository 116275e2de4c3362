package io.ristflow.service.runtime;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.api.KeyStats;
import io.ristflow.core.api.Lane;
import io.ristflow.core.api.Parity;
import io.ristflow.core.api.PathStats;
import io.ristflow.core.api.RistSession;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.PortException;
import io.ristflow.service.net.PortStats;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One RIST session with its sockets: the session's effects become datagrams here, datagrams become its input. On the flow's loop. */
final class RistEnd implements EffectSink {
    /** How far ahead of a stalled loop the kernel's buffers reach at the highest bit rate. */
    private static final long BUFFER_MS = 250;

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

    /** Tries for two neighbouring ports of the system's choice. */
    private static final int PAIR_ATTEMPTS = 16;

    private final String flowName;
    private final String endpointName;
    private final SessionConfig config;
    private final Endpoint.RistPath wiring;
    private final RistSession session;
    private final Opener opener;
    private final KeyMaker keys;
    private final Deliveries deliveries;
    private final FlowEventListener listener;
    private final SourceFilter filter;
    private final FaultBoard faults = new FaultBoard();

    private final boolean listening;
    private final boolean twoPorts;
    private DatagramPort[] ports;
    private PathAddresses addresses;
    private DatagramPort.Handler[] handlers;
    private long nowNs;
    private long nextWallClockNs;
    /** Null: no datagrams beside the media, no encoder to tell. */
    private SideChannel side;
    private EncoderWebhook webhook;
    private boolean admitting = true;
    private boolean hadPeer;
    private boolean closed;

    RistEnd(String flowName, String endpointName, SessionConfig config, Endpoint.RistPath wiring, List<String> allowedSources, RistSession session, FlowLoop.Host host, Deliveries deliveries) {
        this.flowName = flowName;
        this.endpointName = endpointName;
        this.config = config;
        this.wiring = wiring;
        this.session = session;
        this.opener = host.opener();
        this.keys = host.keys();
        this.listener = host.listener();
        this.deliveries = deliveries;
        filter = new SourceFilter(allowedSources);
        listening = config.role() == Role.LISTENER;
        twoPorts = config.profile().twoPorts();
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
        openPorts();
        if (side != null) side.open();
        if (webhook != null) webhook.start();
    }

    void begin(long now) {
        nowNs = now;
        nextWallClockNs = now + WALL_CLOCK_NS;
        session.start(now, unixNs(), this);
        flush();
    }

    private static long unixNs() {
        Instant wall = Instant.now();
        return wall.getEpochSecond() * 1_000_000_000L + wall.getNano();
    }

    private void openPorts() {
        DatagramPort[] opened = twoPorts ? openPair() : new DatagramPort[] {openPort(wiring.local().getPort(), bufferBytes())};
        ports = opened;
        addresses = new PathAddresses(opened, source -> admitting && filter.allows(source));
        if (!listening) addresses.configure(0, wiring.remote());
        handlers = new DatagramPort.Handler[opened.length];
        for (int i = 0; i < opened.length; i++) {
            int port = i;
            handlers[i] = (address, datagram) -> onDatagram(port, address, datagram);
        }
    }

    private DatagramPort openPort(int port, int bytes) {
        return opener.open(new InetSocketAddress(wiring.local().getAddress(), port), wiring.network(), bytes, bytes);
    }

    /**
     * Simple's two ports. TR-06-1 §5.1.1 lets a sender choose any two; yet a sender that is called learns of its caller's RTCP port alone and sends media to the one below it, so neighbours are
     * tried for, an even one and the next. Where the system has none, a calling sender does with any two.
     */
    private DatagramPort[] openPair() {
        int fixed = wiring.local().getPort();
        for (int attempt = 1; ; attempt++) {
            DatagramPort media = openPort(fixed, bufferBytes());
            int port = media.localAddress().getPort();
            boolean any = fixed == 0 && attempt == PAIR_ATTEMPTS;
            boolean even = port % 2 == 0;
            if (!even && fixed == 0 && !any) {
                media.close();
                continue;
            }
            try {
                return new DatagramPort[] {media, openPort(any ? 0 : port + 1, 1 << 18)};
            } catch (PortException e) {
                media.close();
                // The user never wrote this port's number, so a refusal has to say where it comes from.
                if (fixed != 0 || any) throw new PortException(e.getMessage() + " (the Simple profile takes two ports: " + port + " for RTP and the next for RTCP)", e);
            }
        }
    }

    private int bufferBytes() {
        long bytes = config.recovery().maxBitrateKbps() * 1_000L / 8 * BUFFER_MS / 1_000;
        return (int) Math.clamp(bytes, 1 << 18, 64 << 20);
    }

    // ---- in --------------------------------------------------------------------------------------------------------------------

    /** Reads what has come. @return datagrams read */
    int receive(long now) {
        nowNs = Math.max(nowNs, now);
        int count = 0;
        for (int i = 0; i < ports.length; i++) count += ports[i].receive(handlers[i]);
        if (side != null) count += side.poll(nowNs, session, this);
        return count;
    }

    private void onDatagram(int port, int address, ByteBuffer datagram) {
        int path = listening ? addresses.pathOf(port, address) : addresses.pathOfReply(port, address);
        if (path == PathAddresses.UNKNOWN) return;
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
        for (DatagramPort port : ports) port.flush();
        if (side != null) side.flush();
    }

    /** The session's farewell, then the sockets. */
    void close(long now) {
        if (closed) return;
        closed = true;
        if (webhook != null) webhook.close();
        if (ports == null) return;
        nowNs = Math.max(nowNs, now);
        try {
            session.close(nowNs, this);
            flush();
        } finally {
            for (DatagramPort port : ports) port.close();
            if (side != null) side.close();
        }
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
        int port = twoPorts && lane == Lane.CONTROL ? 1 : 0;
        // Of a listener's callers of all profiles only Simple ones have a second port, and have spoken from it first
        if (port == 1 && config.profile() == Profile.AUTO && !addresses.known(path, 1)) port = 0;
        int address = addresses.addressOf(path, port);
        if (address != PathAddresses.UNKNOWN) ports[port].send(address, datagram);
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
        faults.closed(nowNs, path);
        if (listening) addresses.release(path);
    }

    @Override
    public void event(SessionEvent event) {
        int path = switch (event) {
            case SessionEvent.PeerConnected e -> {
                hadPeer = true;
                faults.connected(e.path(), addresses.remote(e.path()));
                yield e.path();
            }
            case SessionEvent.PeerLost e -> {
                faults.lost(e.path());
                yield e.path();
            }
            case SessionEvent.PeerAuthenticated e -> e.path();
            case SessionEvent.PeerRefused e -> e.path();
            case SessionEvent.FaultRaised e -> {
                faults.raised(e.path(), e.fault(), addresses.remote(e.path()), e.detail());
                yield e.path();
            }
            case SessionEvent.FaultCleared e -> {
                faults.cleared(nowNs, e.path(), e.fault());
                yield e.path();
            }
            case SessionEvent.FlowStarted e -> {
                deliveries.onFlowStarted(e.flowId());
                yield e.path();
            }
            case SessionEvent.FlowEnded e -> {
                deliveries.onFlowEnded(e.flowId());
                yield PathAddresses.UNKNOWN;
            }
            case SessionEvent.BufferChanged e -> PathAddresses.UNKNOWN;
            case SessionEvent.TargetBitrate e -> {
                if (webhook != null) webhook.tell(e.bps());
                yield PathAddresses.UNKNOWN;
            }
            case SessionEvent.RebindWanted e -> {
                rebind();
                yield e.path();
            }
            case SessionEvent.PassphraseInForce e -> PathAddresses.UNKNOWN;
            case SessionEvent.PeerPassphraseChanged e -> e.path();
        };
        listener.onEvent(flowName, endpointName, remote(path), event);
    }

    /**
     * Goes over to a passphrase where there are two; where that is in force already nothing happens.
     *
     * @param parity null: to the other one
     * @return what was asked for, a line per secret; empty if nowhere are two
     */
    List<FlowSnapshot.KeyView> usePassphrase(long now, Parity parity) {
        List<FlowSnapshot.KeyView> views = new ArrayList<>();
        if (closed) return views;
        nowNs = Math.max(nowNs, now);
        for (KeyStats key : session.keyStats(nowNs)) {
            if (!key.twoPassphrases()) continue;
            session.usePassphrase(nowNs, key.leg(), parity == null ? key.inForce().other() : parity, this);
        }
        flush();
        for (FlowSnapshot.KeyView view : keys(nowNs)) if (view.stats().twoPassphrases()) views.add(view);
        return views;
    }

    /** @throws IllegalStateException if this end has no such secret */
    void replacePassphrase(long now, int leg, Parity parity, String passphrase) {
        if (closed) return;
        nowNs = Math.max(nowNs, now);
        session.replacePassphrase(nowNs, leg, parity, passphrase, this);
        flush();
    }

    List<FlowSnapshot.KeyView> keys(long now) {
        List<FlowSnapshot.KeyView> views = new ArrayList<>();
        for (KeyStats key : session.keyStats(Math.max(nowNs, now))) views.add(new FlowSnapshot.KeyView(endpointName, key.leg() < 0 ? "" : config.paths().get(key.leg()).name(), key));
        return views;
    }

    /** New source ports, so that a NAT or conntrack entry that swallows the old ones is left behind. A fixed local port stays. */
    void rebind() {
        if (listening || wiring.local().getPort() != 0) return;
        DatagramPort[] old = ports;
        PathAddresses oldAddresses = addresses;
        for (DatagramPort port : old) port.flush();
        try {
            openPorts();
        } catch (RuntimeException e) {
            // No socket to be had now (file descriptors, interface gone): the old one serves on, the next silence tries again.
            ports = old;
            addresses = oldAddresses;
            return;
        }
        for (DatagramPort port : old) port.close();
    }

    // ---- what others see ---------------------------------------------------------------------------------------------------------

    private String remote(int path) {
        return text(addresses.remote(path));
    }

    static String text(InetSocketAddress address) {
        if (address == null) return "";
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    boolean listening() {
        return listening;
    }

    String profile() {
        return config.profile().name().toLowerCase(Locale.ROOT);
    }

    String localAddress() {
        return ports == null ? "" : text(ports[0].localAddress());
    }

    boolean batched() {
        return ports != null && ports[0].batched();
    }

    List<PortStats> portStats() {
        List<PortStats> stats = new ArrayList<>(2);
        if (ports != null) for (DatagramPort port : ports) stats.add(port.stats());
        return stats;
    }

    List<FlowSnapshot.FaultView> faults(long now) {
        return faults.views(now);
    }

    /** Null: none. */
    FlowSnapshot.OutOfBandView outOfBand() {
        return side == null ? null : side.view();
    }

    /** Null: none. */
    FlowSnapshot.WebhookView webhook() {
        return webhook == null ? null : webhook.view();
    }

    /** Whether there ever was one. */
    boolean hadPeer() {
        return hadPeer;
    }

    List<FlowSnapshot.PathView> views(List<PathStats> stats) {
        List<FlowSnapshot.PathView> views = new ArrayList<>(stats.size());
        for (PathStats path : stats) {
            String remote = remote(path.path());
            String name = listening ? "path" + path.path() : wiring.name();
            views.add(new FlowSnapshot.PathView(name, remote, "rist://" + remote, path));
        }
        return views;
    }
}
