package io.ristflow.service.net;

import java.nio.ByteBuffer;

/**
 * The headers of one sendmmsg call: up to 64 messages, each a train (UDP_SEGMENT) or a single datagram. One per loop, as sending is synchronous.
 * Layouts are those of 64-bit Linux: mmsghdr 64 bytes, iovec 16, cmsghdr 16.
 */
final class SendBatch {
    static final int MESSAGES = 64;
    private static final int MMSGHDR = 64, IOVEC = 16, CMSG_SPACE = 24, CMSG_LEN = 18;

    private final ByteBuffer headers = Syscalls.struct(MESSAGES * MMSGHDR);
    private final ByteBuffer iovecs = Syscalls.struct(MESSAGES * IOVEC);
    private final ByteBuffer controls = Syscalls.struct(MESSAGES * CMSG_SPACE);
    private final long headersAddress = Syscalls.addressOf(headers);
    private final int[] bytes = new int[MESSAGES];
    private final int[] datagrams = new int[MESSAGES];
    private int messages;

    SendBatch() {
        long iovec = Syscalls.addressOf(iovecs);
        long control = Syscalls.addressOf(controls);
        for (int i = 0; i < MESSAGES; i++) {
            headers.putLong(i * MMSGHDR + 16, iovec + i * IOVEC);
            headers.putLong(i * MMSGHDR + 24, 1);
            headers.putLong(i * MMSGHDR + 32, control + i * CMSG_SPACE);
            controls.putLong(i * CMSG_SPACE, CMSG_LEN);
            controls.putInt(i * CMSG_SPACE + 8, Syscalls.SOL_UDP);
            controls.putInt(i * CMSG_SPACE + 12, Syscalls.UDP_SEGMENT);
        }
    }

    long headersAddress() {
        return headersAddress;
    }

    int messages() {
        return messages;
    }

    /** Payload bytes of a message. */
    int bytes(int message) {
        return bytes[message];
    }

    int datagrams(int message) {
        return datagrams[message];
    }

    int segment(int message) {
        return Short.toUnsignedInt(controls.getShort(message * CMSG_SPACE + 16));
    }

    /**
     * Describes the front of the queue.
     *
     * @param connected the number that the socket is connected to (needs no address), or {@link DatagramPort#NO_ADDRESS}
     * @param longestSegment trains of longer datagrams go one by one
     */
    void fill(SendQueue queue, AddressTable addresses, int connected, int longestSegment) {
        messages = 0;
        int train = queue.train();
        int done = queue.sentOfTrain();
        for (SendQueue.Chunk chunk = queue.head(); chunk != null; chunk = chunk.next) {
            for (; train < chunk.trains; train++, done = 0) {
                int to = chunk.address[train];
                if (to == DatagramPort.NO_ADDRESS) continue;
                int segment = chunk.segment[train];
                int all = chunk.bytes[train];
                do {
                    if (messages == MESSAGES) return;
                    int length = segment <= longestSegment ? all - done : Math.min(segment, all - done);
                    add(chunk.dataAddress + chunk.offset[train] + done, length, segment, to == connected ? 0 : addresses.sockaddr(to), addresses.sockaddrLength());
                    done += length;
                } while (done < all);
            }
            train = 0;
        }
    }

    private void add(long from, int length, int segment, long sockaddr, int sockaddrLength) {
        int i = messages++;
        int header = i * MMSGHDR;
        boolean many = length > segment;
        headers.putLong(header, sockaddr);
        headers.putInt(header + 8, sockaddr == 0 ? 0 : sockaddrLength);
        headers.putLong(header + 40, many ? CMSG_SPACE : 0);
        iovecs.putLong(i * IOVEC, from);
        iovecs.putLong(i * IOVEC + 8, length);
        controls.putShort(i * CMSG_SPACE + 16, (short) segment);
        bytes[i] = length;
        datagrams[i] = many ? (length + segment - 1) / segment : 1;
    }
}
