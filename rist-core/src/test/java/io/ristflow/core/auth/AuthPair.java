package io.ristflow.core.auth;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapolFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** An authenticatee, an authenticator and a bad network between them, in a time of their own. Frames travel as bytes; computations take 8 ms. */
final class AuthPair {
    private static final long STEP_NS = Ticks.NS_PER_MS;
    private static final long COMPUTE_NS = 8 * Ticks.NS_PER_MS;

    /** What reaches whom when. */
    private record Arrival(long atNs, long order, AuthMachine to, byte[] frame, SrpWork.Result result) {}

    final AuthMachine client;
    final AuthMachine server;
    final List<AuthOutput> ofClient = new ArrayList<>();
    final List<AuthOutput> ofServer = new ArrayList<>();
    /** Every frame that was sent, in order: c or s, and its message's class. */
    final List<String> said = new ArrayList<>();
    final SplittableRandom random;
    double loss;
    double duplication;
    long delayNs = 5 * Ticks.NS_PER_MS;
    long jitterNs;
    /** Null: nothing. Changes what goes over the wire; null drops it. */
    BiFunction<Boolean, byte[], byte[]> tamper;
    long nowNs = Ticks.NS_PER_SECOND;
    private final PriorityQueue<Arrival> wire = new PriorityQueue<>(Comparator.comparingLong(Arrival::atNs).thenComparingLong(Arrival::order));
    private long order;

    AuthPair(AuthMachine client, AuthMachine server, long seed) {
        this.client = client;
        this.server = server;
        random = new SplittableRandom(seed);
    }

    static Authenticatee client(AuthRules rules, String user, String password) {
        return new Authenticatee(new Authenticatee.Settings(rules, user, password, null, true), new SplittableRandom(11));
    }

    static Authenticator server(AuthRules rules, UserDirectory directory) {
        return new Authenticator(new Authenticator.Settings(rules, directory, new Lockout(), null, true, false), new SplittableRandom(12));
    }

    static UserDirectory alice() {
        return UserDirectory.of("alice", "correcthorse", new SplittableRandom(13));
    }

    /** The authenticatee begins; its start goes out at the end of this. */
    AuthPair begin() {
        take(client, client.step(nowNs, new AuthInput.Begin()));
        return run(Authenticatee.BEFORE_CALL_NS / Ticks.NS_PER_MS);
    }

    AuthPair run(long ms) {
        long untilNs = nowNs + ms * Ticks.NS_PER_MS;
        while (nowNs < untilNs) {
            nowNs += STEP_NS;
            while (!wire.isEmpty() && wire.peek().atNs <= nowNs) arrive(wire.remove());
            for (AuthMachine machine : List.of(client, server)) {
                if (nowNs >= machine.nextDeadlineNs()) take(machine, machine.onDeadline(nowNs));
            }
        }
        return this;
    }

    private void arrive(Arrival arrival) {
        if (arrival.result != null) {
            take(arrival.to, arrival.to.step(nowNs, new AuthInput.Computed(arrival.result)));
            return;
        }
        EapolFrame frame = EapolFrame.read(ByteBuffer.wrap(arrival.frame), 0, arrival.frame.length);
        if (frame != null) take(arrival.to, arrival.to.step(nowNs, new AuthInput.Received(frame)));
    }

    void take(AuthMachine from, List<AuthOutput> outputs) {
        (from == client ? ofClient : ofServer).addAll(outputs);
        for (AuthOutput output : outputs) {
            switch (output) {
                case AuthOutput.Send send -> transmit(from, send.frame());
                case AuthOutput.Compute compute -> wire.add(new Arrival(nowNs + COMPUTE_NS, order++, from, null, compute.work().run()));
                case AuthOutput.Authenticated done -> { }
                case AuthOutput.PeerPassphrase passphrase -> { }
                case AuthOutput.Refused refused -> { }
            }
        }
    }

    private void transmit(AuthMachine from, EapolFrame frame) {
        said.add((from == client ? "c " : "s ") + frame.message().getClass().getSimpleName());
        byte[] bytes = bytes(frame);
        if (tamper != null) bytes = tamper.apply(from == client, bytes);
        if (bytes == null) return;
        for (int copies = random.nextDouble() < duplication ? 2 : 1; copies > 0; copies--) {
            if (random.nextDouble() < loss) continue;
            long lateNs = jitterNs == 0 ? 0 : random.nextLong(jitterNs);
            wire.add(new Arrival(nowNs + delayNs + lateNs, order++, from == client ? server : client, bytes, null));
        }
    }

    /** Something that neither sent. */
    void inject(AuthMachine to, byte[] frame) {
        wire.add(new Arrival(nowNs, order++, to, frame, null));
    }

    static byte[] bytes(EapolFrame frame) {
        ByteBuffer buffer = ByteBuffer.allocate(EapolFrame.MAX_LENGTH);
        byte[] bytes = new byte[frame.write(buffer, 0)];
        buffer.get(0, bytes);
        return bytes;
    }

    boolean bothIn() {
        return client.authenticated() && server.authenticated();
    }

    <T extends AuthOutput> List<T> client(Class<T> type) {
        return ofClient.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends AuthOutput> List<T> server(Class<T> type) {
        return ofServer.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
