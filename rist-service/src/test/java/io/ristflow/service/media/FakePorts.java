package io.ristflow.service.media;

import io.ristflow.service.config.Endpoint;
import io.ristflow.service.net.DatagramPort;
import io.ristflow.service.net.PortStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/** Ports over plain sockets: what the loop's ports promise, without the loop. Remembers how it was asked. */
final class FakePorts implements PortOpener {
    final List<Port> opened = new ArrayList<>();
    /** Every send fails as if there were no route. */
    boolean dead;

    @Override
    public DatagramPort open(InetSocketAddress bind, InetSocketAddress connect, Endpoint.Network network, InetAddress group, int receiveBytes, int sendBytes) {
        try {
            var port = new Port(DatagramChannel.open(), bind, connect, network, group, dead);
            opened.add(port);
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Port implements DatagramPort {
        final InetSocketAddress bind, connect;
        final Endpoint.Network network;
        final InetAddress group;
        final List<InetSocketAddress> addresses = new ArrayList<>();
        int released;
        boolean closed;
        private final DatagramChannel channel;
        private final boolean dead;
        private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
        private final List<byte[]> queued = new ArrayList<>();
        private long received, sent, sentBytes, errors;

        Port(DatagramChannel channel, InetSocketAddress bind, InetSocketAddress connect, Endpoint.Network network, InetAddress group, boolean dead) throws IOException {
            this.channel = channel;
            this.bind = bind;
            this.connect = connect;
            this.network = network;
            this.group = group;
            this.dead = dead;
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            channel.configureBlocking(false);
            channel.bind(group == null ? bind : new InetSocketAddress("127.0.0.1", 0));
        }

        @Override
        public int receive(Handler handler) {
            try {
                int count = 0;
                for (SocketAddress from; (from = channel.receive(in.clear())) != null; count++) {
                    received++;
                    handler.onDatagram(intern((InetSocketAddress) from), in.flip());
                }
                return count;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stampArrivals() {
            // Read as soon as asked
        }

        @Override
        public long cameNs() {
            return System.nanoTime();
        }

        @Override
        public void send(int address, ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(copy);
            queued.add(copy);
        }

        @Override
        public void flush() {
            for (byte[] datagram : queued) {
                try {
                    if (dead) throw new IOException("no route to host");
                    channel.send(ByteBuffer.wrap(datagram), addresses.getFirst());
                    sent++;
                    sentBytes += datagram.length;
                } catch (IOException e) {
                    errors++;
                }
            }
            queued.clear();
        }

        @Override
        public int intern(InetSocketAddress address) {
            int known = addresses.indexOf(address);
            if (known >= 0) return known;
            int free = addresses.indexOf(null);
            if (free >= 0) {
                addresses.set(free, address);
                return free;
            }
            if (addresses.size() == 1_024) return NO_ADDRESS;
            addresses.add(address);
            return addresses.size() - 1;
        }

        @Override
        public InetSocketAddress address(int number) {
            return addresses.get(number);
        }

        @Override
        public void release(int number) {
            if (addresses.set(number, null) == null) throw new IllegalArgumentException("address number " + number + " is not interned");
            released++;
        }

        @Override
        public InetSocketAddress localAddress() {
            try {
                return (InetSocketAddress) channel.getLocalAddress();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean batched() {
            return false;
        }

        @Override
        public PortStats stats() {
            return new PortStats(received, 0, sent, sentBytes, 0, errors, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public void close() {
            closed = true;
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
