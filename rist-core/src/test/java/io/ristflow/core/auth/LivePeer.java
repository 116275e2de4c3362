package io.ristflow.core.auth;

import io.ristflow.core.base.Ticks;
import io.ristflow.core.codec.eap.EapolFrame;
import io.ristflow.core.codec.gre.GreHeader;
import io.ristflow.core.codec.gre.KeepAlive;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.PskKey;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One of the machines against a true peer, by hand: {@code call PORT | listen PORT}, then user, password, rules (librist, compat) and, if there is one, a secret. Says what
 * is said, in hexadecimal, and what the peer's datagrams are encrypted with. The generator is seeded, so that what it prints can be replayed ({@link RecordedPeersTest}).
 */
final class LivePeer {
    static final long SEED = 20_261_123;
    private static final KeepAlive KEEP_ALIVE =
            new KeepAlive(new byte[] {2, 1, 2, 3, 4, 5}, KeepAlive.LIBRIST_CAPABILITIES1, KeepAlive.LIBRIST_CAPABILITIES2, false, 0, "");

    private final DatagramSocket socket;
    private final AuthMachine machine;
    private Passphrase secret;
    private InetSocketAddress peer;
    private int sequence;
    private Passphrase receiving;
    private final Set<String> kinds = new HashSet<>();

    private LivePeer(DatagramSocket socket, AuthMachine machine, Passphrase secret, InetSocketAddress peer) {
        this.socket = socket;
        this.machine = machine;
        this.secret = secret;
        this.peer = peer;
        receiving = secret;
    }

    public static void main(String[] args) throws IOException {
        boolean call = args[0].equals("call");
        int port = Integer.parseInt(args[1]);
        AuthRules rules = args[4].equals("compat") ? AuthRules.COMPAT : AuthRules.LIBRIST;
        Passphrase secret = args.length > 5 ? new Passphrase(args[5]) : null;
        AuthMachine machine = machine(call, args[2], args[3], rules, secret);
        try (DatagramSocket socket = new DatagramSocket(call ? 0 : port)) {
            new LivePeer(socket, machine, secret, call ? new InetSocketAddress("127.0.0.1", port) : null).run(System.nanoTime() + 6 * Ticks.NS_PER_SECOND);
        }
    }

    static AuthMachine machine(boolean call, String user, String password, AuthRules rules, Passphrase secret) {
        SplittableRandom random = new SplittableRandom(SEED);
        if (call) return new Authenticatee(new Authenticatee.Settings(rules, user, password, secret, true), random);
        return new Authenticator(new Authenticator.Settings(rules, UserDirectory.of(user, password, random), new Lockout(), secret, true, false), random);
    }

    private void run(long untilNs) throws IOException {
        byte[] in = new byte[2_048];
        long nextKeepAliveNs = System.nanoTime();
        boolean begun = false;
        socket.setSoTimeout(5);
        while (System.nanoTime() < untilNs) {
            long nowNs = System.nanoTime();
            if (peer != null && nowNs >= nextKeepAliveNs) {
                keepAlive();
                report();
                nextKeepAliveNs = nowNs + 200 * Ticks.NS_PER_MS;
                if (!begun) act(machine.step(nowNs, new AuthInput.Begin()));
                begun = true;
            }
            if (nowNs >= machine.nextDeadlineNs()) act(machine.onDeadline(nowNs));
            DatagramPacket packet = new DatagramPacket(in, in.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                continue;
            }
            peer = (InetSocketAddress) packet.getSocketAddress();
            onDatagram(ByteBuffer.wrap(in, 0, packet.getLength()));
        }
        System.out.println(machine.authenticated() ? "AUTHENTICATED" : "NOT AUTHENTICATED");
    }

    private void onDatagram(ByteBuffer b) throws IOException {
        int header = GreHeader.length(b, 0, b.limit());
        if (header < 0) return;
        if (GreHeader.protocol(b, 0) != GreHeader.PROTO_EAPOL) {
            describe(b, header);
            return;
        }
        System.out.println("< " + HexFormat.of().formatHex(b.array(), header, b.limit()));
        EapolFrame frame = EapolFrame.read(b, header, b.limit());
        if (frame != null) act(machine.step(System.nanoTime(), new AuthInput.Received(frame)));
    }

    /** What a datagram is encrypted with, said once for each kind and time of secret. */
    private void describe(ByteBuffer b, int header) {
        boolean keyed = GreHeader.hasKey(b, 0);
        String kind = "%04x %s %s after %s".formatted(GreHeader.protocol(b, 0), keyed ? GreHeader.aes256(b, 0) ? "AES-256" : "AES-128" : "clear", b.limit() > 180 ? "media" : "small", machine.authenticated());
        if (!kinds.add(kind)) return;
        String verdict = "";
        if (keyed && receiving != null) {
            PskKey key = receiving.derive(GreHeader.nonce(b, 0), GreHeader.aes256(b, 0) ? 256 : 128);
            key.crypt(GreHeader.sequence(b, 0), b, header, b.limit() - header);
            verdict = " decrypted " + HexFormat.of().formatHex(b.array(), header, Math.min(b.limit(), header + 24));
        }
        System.out.println("= " + kind + verdict);
    }

    private void act(List<AuthOutput> outputs) throws IOException {
        for (AuthOutput output : outputs) {
            switch (output) {
                case AuthOutput.Send send -> {
                    byte[] frame = AuthPair.bytes(send.frame());
                    System.out.println("> " + HexFormat.of().formatHex(frame));
                    ByteBuffer datagram = ByteBuffer.allocate(frame.length + 8);
                    GreHeader.write(datagram, 0, GreHeader.PROTO_EAPOL, 1, false, false, 0, sequence++);
                    transmit(datagram.put(8, frame));
                }
                case AuthOutput.Compute compute -> act(machine.step(System.nanoTime(), new AuthInput.Computed(compute.work().run())));
                case AuthOutput.Authenticated done -> {
                    System.out.println("* " + done);
                    if (done.sendUnderKey()) secret = done.key().asPassphrase();
                    if (done.receiveUnderKey()) receiving = done.key().asPassphrase();
                }
                case AuthOutput.PeerPassphrase p -> {
                    System.out.println("* passphrase " + HexFormat.of().formatHex(p.passphrase().bytes()));
                    receiving = p.passphrase();
                }
                case AuthOutput.Refused refused -> System.out.println("* " + refused);
            }
        }
    }

    private void keepAlive() throws IOException {
        byte[] message = new byte[KeepAlive.MIN_LENGTH];
        KEEP_ALIVE.write(ByteBuffer.wrap(message), 0);
        tunnel(GreHeader.PROTO_KEEPALIVE, message);
    }

    /** librist 0.2.7 knows nobody who has not sent RTCP. */
    private void report() throws IOException {
        tunnel(GreHeader.PROTO_REDUCED, HexFormat.of().parseHex("800007b1" + "80c90001000007b0" + "81ca0003000007b0" + "0103614062000000"));
    }

    private void tunnel(int protocol, byte[] message) throws IOException {
        int header = secret == null ? GreHeader.CLEAR_LENGTH : GreHeader.KEYED_LENGTH;
        ByteBuffer b = ByteBuffer.allocate(header + message.length).put(header, message);
        if (secret == null) {
            GreHeader.write(b, 0, protocol, 1, false, false, 0, sequence++);
        } else {
            PskKey key = secret.derive(0x12345678, 256);
            key.crypt(sequence, b, header, message.length);
            GreHeader.write(b, 0, protocol, 1, true, true, 0x12345678, sequence++);
        }
        transmit(b);
    }

    private void transmit(ByteBuffer b) throws IOException {
        socket.send(new DatagramPacket(b.array(), b.limit(), peer));
    }
}
