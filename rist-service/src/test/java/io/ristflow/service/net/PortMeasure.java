package io.ristflow.service.net;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Not a test: what a packet costs over loopback. Arguments: Mb/s, tick in ms, seconds; system properties ristflow.no-gso, ristflow.no-gro, ristflow.transport choose the variant. CPU time is that of the two loops' threads, waking up for the tick included; the time
 * inside the port's calls stands beside it. On loopback the kernel's receiving half runs in the sender's.
 */
public final class PortMeasure {
    private static final int BYTES = 1_328;

    public static void main(String[] args) throws Exception {
        double mbps = args.length > 0 ? Double.parseDouble(args[0]) : 100;
        int tickMs = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
        Context one = ((VertxInternal) vertx).createEventLoopContext();
        Context two = ((VertxInternal) vertx).createEventLoopContext();
        var options = PortOptions.unicast(new InetSocketAddress("127.0.0.1", 0)).withBuffers(4 << 20, 4 << 20);
        DatagramPort receiver = DatagramPorts.open(vertx, one, options);
        DatagramPort sender = DatagramPorts.open(vertx, two, options);
        EventLoop receiving = VertxInternals.eventLoop(one);
        EventLoop sending = VertxInternals.eventLoop(two);
        int to = sending.submit(() -> sender.intern(receiver.localAddress())).get();
        long[] seen = new long[1];
        DatagramPort.Handler handler = (address, datagram) -> seen[0] += datagram.getInt(datagram.position());
        long[] inside = new long[2];
        receiving.scheduleAtFixedRate(() -> {
            long begin = System.nanoTime();
            receiver.receive(handler);
            inside[0] += System.nanoTime() - begin;
        }, tickMs, tickMs, TimeUnit.MILLISECONDS);
        ByteBuffer payload = ByteBuffer.allocateDirect(BYTES);
        double perNs = mbps * 1e6 / 8 / BYTES / 1e9;
        long start = System.nanoTime();
        long[] sent = new long[1];
        sending.scheduleAtFixedRate(() -> {
            long begin = System.nanoTime();
            for (long due = (long) ((begin - start) * perNs); sent[0] < due; sent[0]++) sender.send(to, payload);
            sender.flush();
            inside[1] += System.nanoTime() - begin;
        }, tickMs, tickMs, TimeUnit.MILLISECONDS);
        LockSupport.parkNanos(4_000_000_000L);
        long[] before = sample(receiving, sending, receiver, sender, inside);
        LockSupport.parkNanos(seconds * 1_000_000_000L);
        long[] after = sample(receiving, sending, receiver, sender, inside);
        double packets = after[2] - before[2];
        System.out.printf("%-14s %5.0f Mb/s tick %d ms  receive %5.0f ns (%4.0f inside the call)  send %5.0f ns (%4.0f)  packets/receive call %5.1f  packets/send call %5.1f  ns/receive call %6.0f  received/sent %.5f  bytes allocated per packet %.2f%n",
                label(receiver), mbps, tickMs, (after[0] - before[0]) / packets, (after[7] - before[7]) / packets,
                (after[1] - before[1]) / packets, (after[8] - before[8]) / packets, packets / (after[3] - before[3]),
                (after[5] - before[5]) / (double) (after[4] - before[4]), (after[7] - before[7]) / (double) (after[3] - before[3]), packets / (after[5] - before[5]), (after[6] - before[6]) / packets);
        System.exit(0);
    }

    private static String label(DatagramPort port) {
        return port.batched() ? (EpollDatagramPort.GRO ? "GRO " : "no-GRO ") + (EpollDatagramPort.GSO ? "GSO" : "no-GSO") : "portable";
    }

    private static long[] sample(EventLoop receiving, EventLoop sending, DatagramPort receiver, DatagramPort sender, long[] inside) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Callable<long[]> ofReceiver = () -> new long[] {threads.getCurrentThreadCpuTime(), receiver.stats().receivedDatagrams(), receiver.stats().receiveCalls(), threads.getCurrentThreadAllocatedBytes()};
        Callable<long[]> ofSender = () -> new long[] {threads.getCurrentThreadCpuTime(), sender.stats().sentDatagrams(), sender.stats().sendCalls(), threads.getCurrentThreadAllocatedBytes()};
        long[] r = receiving.submit(ofReceiver).get();
        long[] s = sending.submit(ofSender).get();
        return new long[] {r[0], s[0], r[1], r[2], s[2], s[1], r[3] + s[3], inside[0], inside[1]};
    }
}
