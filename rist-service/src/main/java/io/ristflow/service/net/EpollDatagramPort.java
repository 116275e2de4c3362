package io.ristflow.service.net;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A port of Netty's epoll socket, read by recvmmsg and written by sendmmsg when its owner says so. The kernel joins what belongs together on the way in (UDP_GRO) and cuts trains
 * on the way out (UDP_SEGMENT): a call per tick, not per packet. See docs/adr/0001.
 */
final class EpollDatagramPort implements DatagramPort {
    /** After so many, the loop's other flows come first; the next tick goes on. */
    private static final int DATAGRAMS_PER_RECEIVE = 1_024;
    private static final int ERRORS_PER_RECEIVE = 64;
    private static final int ANY_SEGMENT = 65_535;
    private static final int CLOCK_READINGS = 4;
    private static final long ONE_MOMENT_NS = 50_000;
    /** Ways around a kernel or driver that does one of them badly. */
    static final boolean GSO = !Boolean.getBoolean("ristflow.no-gso");
    static final boolean GRO = !Boolean.getBoolean("ristflow.no-gro");

    private final EpollDatagramChannel channel;
    private final EventLoop loop;
    private final int fd;
    private final InetSocketAddress local;
    private final AddressTable addresses;
    private final LoopBuffers shared;
    private final SendQueue queue;
    private final int receiveBufferBytes, receiveBufferWanted, sendBufferBytes, sendBufferWanted;
    private final int connected;
    /** Trains of longer datagrams were refused: they do not fit the path's MTU, or (0) the kernel or its device cannot cut trains at all. */
    private int longestSegment = GSO ? ANY_SEGMENT : 0;
    /** It took no more at the last try; a full queue does not ask it again before the next flush. */
    private boolean kernelFull;
    private boolean closed;

    private boolean stamps;
    /** The clocks at the last look, and when a look last left nothing behind: what is found now came later. */
    private long readNs, readRealNs, emptiedNs;
    private long cameNs;

    private long receivedDatagrams, receivedBytes, sentDatagrams, sentBytes, sendDropped, errors, receiveCalls, sendCalls, kernelDrops, unknownSources;

    private EpollDatagramPort(EpollDatagramChannel channel, EventLoop loop, PortOptions options) {
        this.channel = channel;
        this.loop = loop;
        fd = channel.fd().intValue();
        local = channel.localAddress();
        addresses = new AddressTable(options.ipv6());
        shared = LoopBuffers.of(loop);
        queue = new SendQueue(shared.chunks);
        SocketSetup.multicast(fd, options);
        receiveBufferBytes = SocketSetup.buffer(fd, Syscalls.SO_RCVBUF, Syscalls.SO_RCVBUFFORCE, options.receiveBufferBytes());
        sendBufferBytes = SocketSetup.buffer(fd, Syscalls.SO_SNDBUF, Syscalls.SO_SNDBUFFORCE, options.sendBufferBytes());
        receiveBufferWanted = options.receiveBufferBytes() == 0 ? receiveBufferBytes : options.receiveBufferBytes();
        sendBufferWanted = options.sendBufferBytes() == 0 ? sendBufferBytes : options.sendBufferBytes();
        // Both are welcome, neither is needed: old kernels refuse them.
        Syscalls.setsockopt(fd, Syscalls.SOL_SOCKET, Syscalls.SO_RXQ_OVFL, 1);
        if (GRO) Syscalls.setsockopt(fd, Syscalls.SOL_UDP, Syscalls.UDP_GRO, 1);
        connected = options.connect() == null ? NO_ADDRESS : connect(options.connect());
    }

    static EpollDatagramPort open(Vertx vertx, Context context, PortOptions options) {
        EpollDatagramChannel channel;
        try {
            channel = VertxInternals.bindEpoll(context, options.bind(), options.ipv6(), options.group() != null);
        } catch (Exception e) {
            throw SocketSetup.bindFailure(options.bind(), VertxInternals.errno(e), e);
        }
        try {
            return new EpollDatagramPort(channel, VertxInternals.eventLoop(context), options);
        } catch (RuntimeException e) {
            VertxInternals.close(channel);
            throw e;
        }
    }

    private int connect(InetSocketAddress peer) {
        int number = addresses.intern(peer);
        int errno = Syscalls.connect(fd, addresses.sockaddr(number), addresses.sockaddrLength());
        if (errno != 0) throw new PortException("address: no way leads to " + peer.getAddress().getHostAddress() + " (error " + errno + "); check the address and the routes");
        return number;
    }

    @Override
    public int receive(Handler handler) {
        assert loop.inEventLoop() : "a port belongs to its loop";
        if (closed) return 0;
        ReceiveArena arena = shared.receive;
        int errorsLeft = ERRORS_PER_RECEIVE;
        int handed = 0;
        arena.enter();
        try {
            while (handed < DATAGRAMS_PER_RECEIVE && !closed) {
                readClocks();
                int messages = Syscalls.recvmmsg(shared.state, fd, arena.prepare(), arena.slots);
                receiveCalls++;
                if (messages < 0) {
                    int errno = Syscalls.errno(shared.state);
                    if (errno == Syscalls.EAGAIN) emptiedNs = readNs;
                    if (errno == Syscalls.EAGAIN || errorsLeft-- == 0) break;
                    // An ICMP answer to something sent earlier: reading the error consumed it, datagrams may follow.
                    if (errno != Syscalls.EINTR) errors++;
                    continue;
                }
                arena.received(messages);
                for (int slot = 0; slot < messages && !closed; slot++) handed += hand(arena, slot, handler);
                if (messages < arena.slots) {
                    emptiedNs = readNs;
                    break;
                }
            }
        } finally {
            arena.leave();
        }
        return handed;
    }

    private int hand(ReceiveArena arena, int slot, Handler handler) {
        arena.readControl(slot);
        if (arena.drops() >= 0) kernelDrops = arena.drops();
        came(arena.stampNs());
        int length = arena.length(slot);
        int segment = arena.segment() > 0 ? arena.segment() : length;
        int source = addresses.intern(arena.names, ReceiveArena.name(slot));
        int count = 0;
        int offset = 0;
        do {
            int bytes = Math.min(segment, length - offset);
            receivedDatagrams++;
            receivedBytes += bytes;
            if (source == NO_ADDRESS) {
                unknownSources++;
            } else {
                handler.onDatagram(source, arena.view(slot, offset, bytes).order(ByteOrder.BIG_ENDIAN));
                count++;
                // A handler that gave the number up would be handed a number that stands for nobody, or for somebody else.
                if (offset + bytes < length && !addresses.isTaken(source)) source = addresses.intern(arena.names, ReceiveArena.name(slot));
            }
            offset += bytes;
        } while (offset < length && !closed);
        return count;
    }

    /** Both at one moment, or media would seem to have come later than they did, and a path faster than it is: a thread that lost its core between the two reads them again. */
    private void readClocks() {
        readNs = System.nanoTime();
        if (!stamps) return;
        for (int attempt = 0; attempt < CLOCK_READINGS; attempt++) {
            readRealNs = shared.realTimeNs();
            long afterNs = System.nanoTime();
            if (afterNs - readNs < ONE_MOMENT_NS || attempt == CLOCK_READINGS - 1) return;
            readNs = afterNs;
        }
    }

    /** The stamp is of a clock that may be set: it counts as an age, and no age leads back to a look that found nothing. */
    private void came(long stampNs) {
        long stampedNs = stampNs == 0 ? readNs : readNs - (readRealNs - stampNs);
        cameNs = Math.max(cameNs, Math.clamp(stampedNs, Math.min(emptiedNs, readNs), readNs));
    }

    @Override
    public void stampArrivals() {
        stamps = Syscalls.setsockopt(fd, Syscalls.SOL_SOCKET, Syscalls.SO_TIMESTAMPNS, 1) == 0;
        emptiedNs = System.nanoTime();
    }

    @Override
    public long cameNs() {
        return cameNs;
    }

    @Override
    public void send(int address, ByteBuffer datagram) {
        assert loop.inEventLoop() : "a port belongs to its loop";
        addresses.check(address);
        if (closed) return;
        if (datagram.remaining() > SendQueue.MAX_DATAGRAM_BYTES) {
            errors++;
            return;
        }
        if (queue.append(address, datagram)) return;
        if (!kernelFull) drain();
        if (!queue.append(address, datagram)) sendDropped++;
    }

    @Override
    public void flush() {
        assert loop.inEventLoop() : "a port belongs to its loop";
        if (closed) return;
        drain();
    }

    private void drain() {
        kernelFull = false;
        SendBatch batch = shared.sendBatch;
        boolean retried = false;
        while (!queue.isEmpty()) {
            batch.fill(queue, addresses, connected, longestSegment);
            int sent = Syscalls.sendmmsg(shared.state, fd, batch.headersAddress(), batch.messages());
            sendCalls++;
            if (sent < 0) {
                int errno = Syscalls.errno(shared.state);
                if (errno == Syscalls.EAGAIN || errno == Syscalls.ENOBUFS) {
                    kernelFull = true;
                    return;
                }
                retried = refused(batch, errno, retried);
                continue;
            }
            for (int i = 0; i < sent; i++) {
                sentDatagrams += batch.datagrams(i);
                sentBytes += batch.bytes(i);
                queue.advance(batch.bytes(i), batch.datagrams(i));
            }
            retried = false;
        }
    }

    /** The kernel refused the first message. @return whether that message has had its second chance coming */
    private boolean refused(SendBatch batch, int errno, boolean retried) {
        if (errno == Syscalls.EINTR) return retried;
        if (batch.datagrams(0) > 1 && isRefusalOfTrains(errno)) {
            // EINVAL and EMSGSIZE: these segments do not fit the path's MTU, shorter ones may. Else trains are not to be had here. Either way for good.
            longestSegment = errno == Syscalls.EINVAL || errno == Syscalls.EMSGSIZE ? batch.segment(0) - 1 : 0;
            return retried;
        }
        // The refusal of an earlier datagram is told at the next call, which sends nothing: count it and send again.
        if (errno == Syscalls.ECONNREFUSED && !retried) {
            errors++;
            return true;
        }
        errors += batch.datagrams(0);
        queue.advance(batch.bytes(0), batch.datagrams(0));
        return false;
    }

    private static boolean isRefusalOfTrains(int errno) {
        return errno == Syscalls.EIO || errno == Syscalls.EINVAL || errno == Syscalls.EMSGSIZE || errno == Syscalls.EOPNOTSUPP;
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
        addresses.check(number);
        if (!queue.isEmpty()) {
            flush();
            sendDropped += queue.forget(number);
        }
        // The connected peer keeps its number: sending to it names no address.
        if (number != connected) addresses.release(number);
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public boolean batched() {
        return true;
    }

    /** The kernel's number of the socket. */
    int fd() {
        return fd;
    }

    @Override
    public PortStats stats() {
        return new PortStats(receivedDatagrams, receivedBytes, sentDatagrams, sentBytes, sendDropped, errors, receiveCalls, sendCalls, kernelDrops, unknownSources,
                receiveBufferBytes, receiveBufferWanted, sendBufferBytes, sendBufferWanted);
    }

    @Override
    public void close() {
        if (closed) return;
        // Once Vert.x itself has closed, the socket's number may be somebody else's.
        if (channel.isOpen() && loop.inEventLoop()) drain();
        closed = true;
        sendDropped += queue.clear();
        VertxInternals.close(channel);
    }
}
