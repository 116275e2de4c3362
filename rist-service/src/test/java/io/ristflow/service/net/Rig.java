package io.ristflow.service.net;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/** A Vert.x and one event loop, on which everything a test does with ports is run. */
final class Rig implements AutoCloseable {
    final Vertx vertx;
    final Context context;
    private final String before;
    private final List<DatagramPort> ports = new ArrayList<>();

    Rig(boolean batched) {
        before = System.getProperty(DatagramPorts.PROPERTY);
        System.setProperty(DatagramPorts.PROPERTY, batched ? "batched" : "portable");
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(batched).setEventLoopPoolSize(1));
        context = ((VertxInternal) vertx).createEventLoopContext();
    }

    <T> T on(Callable<T> action) {
        try {
            return VertxInternals.eventLoop(context).submit(action).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) throw r;
            if (e.getCause() instanceof Error r) throw r;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(Runnable action) {
        on(() -> {
            action.run();
            return null;
        });
    }

    DatagramPort open(PortOptions options) {
        DatagramPort port = on(() -> DatagramPorts.open(vertx, context, options));
        ports.add(java.util.Objects.requireNonNull(port));
        return port;
    }

    DatagramPort open(String host) {
        return open(PortOptions.unicast(new InetSocketAddress(InetAddress.ofLiteral(host), 0)).withBuffers(4 << 20, 4 << 20));
    }

    /** Receives until {@code count} datagrams came or two seconds passed. @return how many came */
    int receive(DatagramPort port, int count, DatagramPort.Handler handler) {
        int got = 0;
        for (long end = System.nanoTime() + 2_000_000_000L; got < count && System.nanoTime() < end; ) {
            int now = on(() -> port.receive(handler));
            got += now;
            if (now == 0) LockSupport.parkNanos(200_000);
        }
        return got;
    }

    /** Receives for a while and expects nothing. */
    int receiveFor(DatagramPort port, int ms, DatagramPort.Handler handler) {
        int got = 0;
        for (long end = System.nanoTime() + ms * 1_000_000L; System.nanoTime() < end; LockSupport.parkNanos(500_000)) got += on(() -> port.receive(handler));
        return got;
    }

    void send(DatagramPort from, InetSocketAddress to, ByteBuffer... datagrams) {
        run(() -> {
            int number = from.intern(to);
            for (ByteBuffer datagram : datagrams) from.send(number, datagram);
            from.flush();
        });
    }

    static ByteBuffer numbered(int number, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) bytes.put(i, (byte) (number * 31 + i));
        return length < 4 ? bytes : bytes.putInt(0, number);
    }

    static byte[] bytes(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        return bytes;
    }

    @Override
    public void close() {
        run(() -> ports.forEach(DatagramPort::close));
        vertx.close().toCompletionStage().toCompletableFuture().join();
        if (before == null) {
            System.clearProperty(DatagramPorts.PROPERTY);
        } else {
            System.setProperty(DatagramPorts.PROPERTY, before);
        }
    }
}
