package io.ristflow.service.net;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The portable port, on Vert.x' own {@link DatagramSocket}: for systems without epoll, at low rates. Every datagram is a wake-up, a copy and some garbage; what has come waits in a
 * bounded queue for {@link #receive}.
 */
final class VertxDatagramPort implements DatagramPort {
    static final int MAX_WAITING = 4_096;
    private static final int DATAGRAMS_PER_RECEIVE = 1_024;
    /**
     * Vert.x allocates as much per datagram as the receive buffer is large, so the buffer is bounded by what Netty pools well; and left alone, it reads 2,048 bytes of a datagram
     * and drops the rest, so it is never left alone.
     */
    private static final int MAX_RECEIVE_BUFFER = 262_144;

    private record Waiting(SocketAddress source, Buffer bytes, long cameNs) {}

    private final DatagramSocket socket;
    private final InetSocketAddress local;
    private final InetSocketAddress connect;
    private final int receiveBufferBytes, receiveBufferWanted, sendBufferWanted;
    private final AddressTable addresses;
    private final String[] hosts = new String[AddressTable.CAPACITY];
    private final ArrayDeque<Waiting> inbound = new ArrayDeque<>();
    private final SendQueue queue = new SendQueue(new SendQueue.Pool());
    private boolean closed;
    private long cameNs;
    private long receivedDatagrams, receivedBytes, sentDatagrams, sentBytes, errors, receiveCalls, sendCalls, queueDrops, sendDropped, unknownSources;

    private VertxDatagramPort(DatagramSocket socket, InetSocketAddress local, int receiveBufferBytes, PortOptions options) {
        this.socket = socket;
        this.local = local;
        this.receiveBufferBytes = receiveBufferBytes;
        connect = options.connect();
        receiveBufferWanted = Math.max(options.receiveBufferBytes(), 0);
        sendBufferWanted = options.sendBufferBytes();
        addresses = new AddressTable(options.ipv6());
        socket.handler(this::arrived);
        socket.exceptionHandler(e -> errors++);
    }

    static VertxDatagramPort open(Vertx vertx, Context context, PortOptions options) {
        if (VertxInternals.eventLoop(context).inEventLoop()) {
            return VertxInternals.callAs(context, () -> openHere(vertx, options));
        }
        var opened = new CompletableFuture<VertxDatagramPort>();
        context.runOnContext(v -> {
            try {
                opened.complete(openHere(vertx, options));
            } catch (RuntimeException e) {
                opened.completeExceptionally(e);
            }
        });
        try {
            return opened.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PortException p ? p : new PortException("port: " + options.bind() + " cannot be opened: " + e.getCause().getMessage(), e);
        }
    }

    private static VertxDatagramPort openHere(Vertx vertx, PortOptions options) {
        NetworkInterface via = options.interfaceName() == null ? null : SocketSetup.networkInterface(options.interfaceName());
        int receiveBuffer = Math.min(options.receiveBufferBytes() == 0 ? MAX_RECEIVE_BUFFER : Math.max(options.receiveBufferBytes(), SendQueue.CHUNK_BYTES), MAX_RECEIVE_BUFFER);
        var socketOptions = new DatagramSocketOptions().setIpV6(options.ipv6()).setReceiveBufferSize(receiveBuffer).setReuseAddress(options.group() != null)
                .setLoopbackModeDisabled(!options.multicastLoopback());
        if (options.sendBufferBytes() > 0) socketOptions.setSendBufferSize(options.sendBufferBytes());
        if (options.ttl() > 0) socketOptions.setMulticastTimeToLive(options.ttl());
        if (via != null) socketOptions.setMulticastNetworkInterface(via.getName());
        InetSocketAddress bind = probe(options);
        DatagramSocket socket = vertx.createDatagramSocket(socketOptions);
        var port = new VertxDatagramPort(socket, bind, receiveBuffer, options);
        Future<DatagramSocket> listening = socket.listen(bind.getPort(), bind.getAddress().getHostAddress());
        // A literal address on its own loop is bound at once; were it not, the failure is counted and the port stays silent.
        listening.onFailure(e -> port.errors++);
        if (listening.failed()) {
            socket.close();
            throw SocketSetup.bindFailure(bind, VertxInternals.errno(listening.cause()), new Exception(listening.cause()));
        }
        if (options.group() != null) join(socket, options, via);
        return port;
    }

    /** Says at once what Vert.x would say later: binds, learns the port's number, and closes again. */
    private static InetSocketAddress probe(PortOptions options) {
        try (var probe = new java.net.DatagramSocket(null)) {
            probe.setReuseAddress(options.group() != null);
            probe.bind(options.bind());
            return new InetSocketAddress(options.bind().getAddress(), probe.getLocalPort());
        } catch (SocketException e) {
            String why = String.valueOf(e.getMessage());
            int errno = why.contains("in use") ? Syscalls.EADDRINUSE : why.contains("assign requested") ? Syscalls.EADDRNOTAVAIL : why.contains("ermission") ? Syscalls.EACCES : 0;
            throw SocketSetup.bindFailure(options.bind(), errno, e);
        }
    }

    private static void join(DatagramSocket socket, PortOptions options, NetworkInterface via) {
        String name = via != null ? via.getName() : defaultInterface(options.group());
        String group = options.group().getHostAddress();
        var sources = options.sources().isEmpty() ? java.util.Collections.<InetAddress>singletonList(null) : options.sources();
        for (InetAddress source : sources) {
            Future<Void> joined = socket.listenMulticastGroup(group, name, source == null ? null : source.getHostAddress());
            if (joined.failed()) {
                socket.close();
                throw new PortException("address: multicast group " + group + " cannot be joined on " + name + ": " + joined.cause().getMessage(), joined.cause());
            }
        }
    }

    private static String defaultInterface(InetAddress group) {
        try {
            for (NetworkInterface each : java.util.Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && each.supportsMulticast() && !each.isLoopback()) return each.getName();
            }
        } catch (SocketException e) {
            throw new PortException("address: " + group.getHostAddress() + " cannot be joined: " + e.getMessage(), e);
        }
        throw new PortException("address: no interface leads to multicast group " + group.getHostAddress() + "; name one");
    }

    private void arrived(DatagramPacket packet) {
        if (inbound.size() == MAX_WAITING) {
            queueDrops++;
            return;
        }
        inbound.add(new Waiting(packet.sender(), packet.data(), System.nanoTime()));
    }

    @Override
    public int receive(Handler handler) {
        receiveCalls++;
        int handed = 0;
        for (Waiting next; handed < DATAGRAMS_PER_RECEIVE && !closed && (next = inbound.poll()) != null; ) {
            var source = new InetSocketAddress(InetAddress.ofLiteral(next.source.hostAddress()), next.source.port());
            if (connect != null && !source.equals(connect)) continue;
            receivedDatagrams++;
            receivedBytes += next.bytes.length();
            int number = source.getPort() == 0 ? NO_ADDRESS : addresses.intern(source);
            if (number == NO_ADDRESS) {
                unknownSources++;
                continue;
            }
            cameNs = next.cameNs;
            handler.onDatagram(number, ByteBuffer.wrap(next.bytes.getBytes()));
            handed++;
        }
        return handed;
    }

    @Override
    public void stampArrivals() {
        // Vert.x hands a datagram over as soon as the loop has read it, and that is noted anyway
    }

    @Override
    public long cameNs() {
        return cameNs;
    }

    @Override
    public void send(int address, ByteBuffer datagram) {
        addresses.check(address);
        if (closed) return;
        if (datagram.remaining() > SendQueue.MAX_DATAGRAM_BYTES) {
            errors++;
            return;
        }
        if (queue.append(address, datagram)) return;
        flush();
        if (!queue.append(address, datagram)) sendDropped++;
    }

    @Override
    public void flush() {
        while (!queue.isEmpty()) {
            SendQueue.Chunk chunk = queue.head();
            int train = queue.train();
            int offset = queue.sentOfTrain();
            int length = Math.min(chunk.segment[train], chunk.bytes[train] - offset);
            byte[] bytes = new byte[length];
            chunk.data.get(chunk.offset[train] + offset, bytes);
            int to = chunk.address[train];
            sendCalls++;
            socket.send(Buffer.buffer(bytes), addresses.address(to).getPort(), host(to)).onComplete(sent -> {
                if (sent.failed()) {
                    errors++;
                } else {
                    sentDatagrams++;
                    sentBytes += length;
                }
            });
            queue.advance(length, 1);
        }
    }

    private String host(int number) {
        if (hosts[number] == null) hosts[number] = addresses.address(number).getAddress().getHostAddress();
        return hosts[number];
    }

    @Override
    public int intern(InetSocketAddress address) {
        return addresses.intern(address);
    }

    @Override
    public InetSocketAddress address(int number) {
        return addresses.address(number);
    }

    @Override
    public void release(int number) {
        flush();
        addresses.release(number);
        hosts[number] = null;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public boolean batched() {
        return false;
    }

    /** Here the kernel's drops are not known (datagrams that found the inbound queue full count as such), nor what it granted (the buffers are as asked of it). */
    @Override
    public PortStats stats() {
        return new PortStats(receivedDatagrams, receivedBytes, sentDatagrams, sentBytes, sendDropped, errors, receiveCalls, sendCalls, queueDrops, unknownSources,
                receiveBufferBytes, receiveBufferWanted == 0 ? receiveBufferBytes : receiveBufferWanted, sendBufferWanted, sendBufferWanted);
    }

    @Override
    public void close() {
        if (closed) return;
        flush();
        closed = true;
        inbound.clear();
        socket.close();
    }
}
