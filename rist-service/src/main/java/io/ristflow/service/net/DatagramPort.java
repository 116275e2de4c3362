package io.ristflow.service.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One bound UDP socket. All calls on the owning event loop.
 *
 * <p>{@link #send} copies into the outgoing batch; {@link #flush} hands the batch to the kernel. What the kernel will not take (EAGAIN, ENOBUFS) is kept for the next flush up to a bound, then counted as
 * dropped; errors that belong to one destination (ECONNREFUSED, EHOSTUNREACH …) are counted and never thrown.
 */
public interface DatagramPort extends AutoCloseable {
    /** Called per datagram, position to limit; the bytes may be overwritten and are valid during the call alone. {@code address} is interned in this port. */
    interface Handler {
        void onDatagram(int address, ByteBuffer datagram);
    }

    /** No number could be given: 1,024 addresses are interned already. */
    int NO_ADDRESS = -1;

    /** Reads what the kernel holds now, bounded to keep the loop fair. @return datagrams handed over */
    int receive(Handler handler);

    /** From now on {@link #cameNs} tells when the kernel took a datagram in, where it can: for a port whose owner looks seldom and wants to know. */
    void stampArrivals();

    /** Within a handler: when its datagram came, on {@link System#nanoTime}'s clock; never before that of the one before. Without a stamp, when it was read. */
    long cameNs();

    /** Queues a datagram, from position to limit, to an interned address. */
    void send(int address, ByteBuffer datagram);

    /** Sends what is queued. */
    void flush();

    /** The number of an address, given now if it is new; {@link #NO_ADDRESS} if all are taken. */
    int intern(InetSocketAddress address);

    /** The address behind a number. */
    InetSocketAddress address(int number);

    /** Frees a number for another address. */
    void release(int number);

    InetSocketAddress localAddress();

    /** False on the portable path (one datagram per system call). */
    boolean batched();

    PortStats stats();

    @Override
    void close();
}
