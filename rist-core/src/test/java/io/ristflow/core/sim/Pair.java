package io.ristflow.core.sim;

import io.ristflow.core.api.ReceiverStats;
import io.ristflow.core.api.SenderStats;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.base.Ticks;
import io.ristflow.core.config.AdaptationConfig;
import io.ristflow.core.config.AdvancedConfig;
import io.ristflow.core.config.MergeMode;
import io.ristflow.core.config.PathConfig;
import io.ristflow.core.config.Profile;
import io.ristflow.core.config.PskConfig;
import io.ristflow.core.config.ReceiverConfig;
import io.ristflow.core.config.RecoveryConfig;
import io.ristflow.core.config.Role;
import io.ristflow.core.config.SenderConfig;
import io.ristflow.core.config.SessionConfig;
import io.ristflow.core.config.SplitMode;
import io.ristflow.core.config.SrpConfig;
import io.ristflow.core.config.Timing;
import java.util.ArrayList;
import java.util.List;

/**
 * A sender, a receiver, and the path between them: the world of most scenarios. Settings first, then {@link #start} or {@link #connect}, then {@link #stream}. The
 * defaults: Main, the sender calls, clear text, a buffer of 500 ms, 10 ms each way, nothing lost.
 */
public final class Pair {
    /** What a host's tick, a report's rounding and the play-out's caution may add to a delivery. */
    private static final long TOLERANCE_NS = 15 * Ticks.NS_PER_MS;

    public final World world;
    public Node sender;
    public Node receiver;
    public SimulatedPath forward;
    public SimulatedPath backward;
    /** By leg; the first ones are {@link #forward} and {@link #backward}. */
    public final List<SimulatedPath> there = new ArrayList<>();
    public final List<SimulatedPath> back = new ArrayList<>();

    private final long seed;
    private Profile profile = Profile.MAIN;
    private Profile receiverProfile = Profile.MAIN;
    private Role senderRole = Role.CALLER;
    private Role receiverRole = Role.LISTENER;
    private int bufferMinMs = 500;
    private int bufferMaxMs = 500;
    private int reorderMs = 15;
    private Timing timing = Timing.SOURCE;
    private ReceiverConfig.NackType nackType = ReceiverConfig.NackType.RANGE;
    private PskConfig senderPsk;
    private PskConfig receiverPsk;
    private SrpConfig callersLogin;
    private SrpConfig listenersLogin;
    private int sessionTimeoutMs = 2_000;
    private boolean nullPacketDeletion;
    private boolean holdUntilPeer = true;
    private int flowId;
    private AdaptationConfig adaptation;
    private boolean linkReports;
    private List<PathConfig> legs = List.of(new PathConfig("path-1", 0, 0));
    private boolean onePort;
    private SplitMode split = SplitMode.OFF;
    private MergeMode merge = MergeMode.OFF;
    private boolean tornPair;
    private boolean oneWay;
    private long callerStartsAfterMs;
    private boolean senderOneWay;
    private AdvancedConfig advanced = AdvancedConfig.DEFAULT;
    private double senderPpm;
    private long tickNs;
    private PathConditions forwardConditions = PathConditions.delayMs(10);
    private PathConditions backwardConditions = PathConditions.delayMs(10);

    public Pair(long seed) {
        this.seed = seed;
        world = new World(seed);
    }

    // ---- settings ------------------------------------------------------------------------------------------------------------------

    public Pair profile(Profile both) {
        return profiles(both, both);
    }

    public Pair profiles(Profile atSender, Profile atReceiver) {
        profile = atSender;
        receiverProfile = atReceiver;
        return this;
    }

    public Pair receiverCalls() {
        senderRole = Role.LISTENER;
        receiverRole = Role.CALLER;
        return this;
    }

    public Pair bufferMs(int ms) {
        return bufferMs(ms, ms);
    }

    public Pair bufferMs(int min, int max) {
        bufferMinMs = min;
        bufferMaxMs = max;
        reorderMs = Math.min(reorderMs, max);
        return this;
    }

    public Pair reorderMs(int ms) {
        reorderMs = ms;
        return this;
    }

    public Pair timing(Timing t) {
        timing = t;
        return this;
    }

    public Pair nackType(ReceiverConfig.NackType type) {
        nackType = type;
        return this;
    }

    public Pair secret(String passphrase, int aesBits, long rotationPackets) {
        PskConfig psk = new PskConfig(passphrase, aesBits, rotationPackets);
        return secrets(psk, psk);
    }

    /** @param atSender null: clear text; so {@code atReceiver} */
    public Pair secrets(PskConfig atSender, PskConfig atReceiver) {
        senderPsk = atSender;
        receiverPsk = atReceiver;
        return this;
    }

    /** Who calls logs in, who listens lets in; null: without. */
    public Pair login(SrpConfig atCaller, SrpConfig atListener) {
        callersLogin = atCaller;
        listenersLogin = atListener;
        return this;
    }

    public Pair sessionTimeoutMs(int ms) {
        sessionTimeoutMs = ms;
        return this;
    }

    public Pair nullPacketDeletion() {
        nullPacketDeletion = true;
        return this;
    }

    public Pair flowId(int id) {
        flowId = id;
        return this;
    }

    /** A sender that does not wait for a peer's SDES: some do not. */
    public Pair sendsBlindly() {
        holdUntilPeer = false;
        return this;
    }

    /** The sender steers an encoder between two rates, by what the receiver reports. */
    public Pair adaptation(int minKbps, int maxKbps) {
        adaptation = new AdaptationConfig(minKbps, maxKbps);
        linkReports = true;
        return this;
    }

    public Pair advanced(AdvancedConfig config) {
        advanced = config;
        return this;
    }

    public Pair callerStartsAfterMs(long ms) {
        callerStartsAfterMs = ms;
        return this;
    }

    /** Nothing comes back, and both ends know. */
    public Pair oneWay() {
        oneWay = true;
        return path(forwardConditions, PathConditions.PERFECT.withLoss(1));
    }

    /** Only the sender was told that nothing comes back. */
    public Pair senderOneWay() {
        senderOneWay = true;
        return this;
    }

    public Pair tornPair() {
        tornPair = true;
        return this;
    }

    public Pair senderClockPpm(double ppm) {
        senderPpm = ppm;
        return this;
    }

    public Pair tickMs(long ms) {
        tickNs = ms * Ticks.NS_PER_MS;
        return this;
    }

    public Pair path(PathConditions both) {
        return path(both, both);
    }

    public Pair path(PathConditions there, PathConditions back) {
        forwardConditions = there;
        backwardConditions = back;
        return this;
    }

    /** A bond of so many legs, each between ports of its own, with these weights. */
    public Pair bond(int... weights) {
        List<PathConfig> all = new ArrayList<>();
        for (int weight : weights) all.add(new PathConfig("leg-" + all.size(), weight, 0));
        return bond(all);
    }

    public Pair bond(List<PathConfig> all) {
        legs = List.copyOf(all);
        return this;
    }

    /** All legs of the caller lead to one port of the listener. */
    public Pair onePort() {
        onePort = true;
        return this;
    }

    public Pair split(SplitMode atSender, MergeMode atReceiver) {
        split = atSender;
        merge = atReceiver;
        return this;
    }

    // ---- life ----------------------------------------------------------------------------------------------------------------------

    /** Both ends run; nothing has been waited for. */
    public Pair start() {
        world.tickNs(tickNs);
        receiver = world.receiver("receiver", receiverConfig(), 0);
        sender = world.sender("sender", senderConfig(), senderPpm);
        for (int leg = 0; leg < legs.size(); leg++) connectLeg(leg);
        forward = there.getFirst();
        backward = back.getFirst();
        Node caller = senderRole == Role.CALLER ? sender : receiver;
        Node listener = caller == sender ? receiver : sender;
        if (tornPair) caller.tornPair();
        if (senderRole != receiverRole) caller.calls(listener);
        listener.start();
        if (callerStartsAfterMs == 0) caller.start();
        else world.atMs(callerStartsAfterMs, caller::start);
        return this;
    }

    /** Both directions of a leg, as the first one is to begin with. */
    public void connectLeg(int leg) {
        there.add(world.connect(sender, receiver, leg, forwardConditions));
        back.add(world.connect(receiver, sender, leg, backwardConditions));
    }

    /** Both ends run and the sender knows its receiver. */
    public Pair connect() {
        start();
        if (!world.runUntil(() -> sender.events(SessionEvent.PeerConnected.class).size() >= legs.size(), 5_000)) throw new AssertionError(this + ": no connection within 5 s: " + sender.events() + receiver.events());
        return this;
    }

    /** Pushes packets of 1,316 bytes and expects them, each within the buffer and the path's worst delay. */
    public Delivery stream(double packetsPerSecond, int packets) {
        return stream(Payloads.of(1_316), packetsPerSecond, packets);
    }

    public Delivery stream(Payloads payloads, double packetsPerSecond, int packets) {
        Stream stream = world.stream(sender, payloads, packetsPerSecond, packets);
        return world.expect(stream, receiver).within(Ticks.msToNs(bufferMaxMs) + forwardConditions.worstDelayNs() + 2 * tickNs + TOLERANCE_NS);
    }

    /** A stream, and time until all of it must have been delivered. */
    public Delivery streamToTheEnd(double packetsPerSecond, int packets) {
        Delivery delivery = stream(packetsPerSecond, packets);
        world.runMs((long) (packets * 1e3 / packetsPerSecond) + bufferMaxMs + forwardConditions.worstDelayNs() / Ticks.NS_PER_MS + 200);
        return delivery;
    }

    public ReceiverStats.Flow flow() {
        ReceiverStats stats = receiver.receiver().stats(receiver.clockNs());
        if (stats.flows().isEmpty()) throw new AssertionError(this + ": the receiver has no flow");
        return stats.flows().getFirst();
    }

    public SenderStats senderStats() {
        return sender.sender().stats(sender.clockNs());
    }

    public SenderConfig senderConfig() {
        return new SenderConfig(session(profile, senderRole, senderPsk).withOneWay(oneWay || senderOneWay), flowId, nullPacketDeletion, holdUntilPeer, split, adaptation);
    }

    public ReceiverConfig receiverConfig() {
        return new ReceiverConfig(session(receiverProfile, receiverRole, receiverPsk), nackType, ReceiverConfig.MAX_FLOWS, merge, linkReports);
    }

    private SessionConfig session(Profile p, Role role, PskConfig psk) {
        RecoveryConfig d = RecoveryConfig.DEFAULT;
        RecoveryConfig recovery = new RecoveryConfig(
                bufferMinMs, bufferMaxMs, reorderMs, d.rttMinMs(), d.rttMaxMs(), d.minRetries(), d.maxRetries(), d.maxBitrateKbps(), 0, d.congestionControl(), timing);
        List<PathConfig> paths = onePort && role == Role.LISTENER ? legs.subList(0, 1) : legs;
        SrpConfig login = role == Role.CALLER ? callersLogin : listenersLogin;
        return new SessionConfig(p, role, paths, recovery, psk, sessionTimeoutMs, 1_000, role + "@sim", SessionConfig.DEFAULT_VIRT_DST_PORT, advanced, login, oneWay);
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + profile + (profile == receiverProfile ? "" : "/" + receiverProfile) + ", " + (senderRole == Role.CALLER ? "sender" : "receiver") + " calls, "
                + (senderPsk == null ? "clear" : senderPsk) + ", buffer " + bufferMinMs + ".." + bufferMaxMs + " ms, reorder " + reorderMs + " ms, " + timing + ", " + nackType
                + (legs.size() == 1 ? "" : ", weights " + legs.stream().map(PathConfig::weight).toList()) + (onePort ? " to one port" : "") + (split == SplitMode.OFF ? "" : ", split " + split)
                + (tornPair ? ", torn pair" : "") + (oneWay ? ", one way" : "") + (advanced.equals(AdvancedConfig.DEFAULT) ? "" : ", " + advanced) + ", tick " + tickNs / Ticks.NS_PER_MS + " ms, " + senderPpm + " ppm, there " + forwardConditions + ", back " + backwardConditions;
    }
}
