package io.ristflow.service.net;

import java.nio.ByteBuffer;

/**
 * What a port still has to send, in order, as trains: runs of datagrams to one address, all of one size but for a shorter last one, lying back to back so that one message with
 * UDP_SEGMENT can carry a whole train. The bytes lie in chunks that ports of a loop share; an idle port holds none.
 */
final class SendQueue {
    static final int MAX_DATAGRAMS = 2_048;
    static final int MAX_CHUNKS = 64;
    static final int CHUNK_BYTES = 65_536;
    static final int MAX_DATAGRAM_BYTES = 65_507;
    /** The kernel's UDP_MAX_SEGMENTS since 4.18. */
    static final int MAX_SEGMENTS = 64;
    static final int MAX_TRAIN_BYTES = 64_000;
    private static final int TRAINS = 256;

    /** 64 KiB of datagrams. Train {@code i} is {@code bytes[i]} long from {@code offset[i]}, in datagrams of {@code segment[i]}; address -1 if it is not to be sent any more. */
    static final class Chunk {
        final ByteBuffer data = Syscalls.struct(CHUNK_BYTES);
        final long dataAddress = Syscalls.addressOf(data);
        final int[] address = new int[TRAINS];
        final int[] offset = new int[TRAINS];
        final int[] segment = new int[TRAINS];
        final int[] bytes = new int[TRAINS];
        int used, trains;
        Chunk next;

        int datagrams(int train, int trainBytes) {
            return trainBytes == 0 ? 1 : (trainBytes + segment[train] - 1) / segment[train];
        }

        /** Whether a datagram may still join the last train. */
        boolean canJoin(int to, int length) {
            if (trains == 0) return false;
            int last = trains - 1;
            int size = segment[last];
            return address[last] == to && length > 0 && length <= size && bytes[last] % size == 0 && bytes[last] / size < MAX_SEGMENTS && bytes[last] + length <= MAX_TRAIN_BYTES;
        }
    }

    /** Free chunks of a loop; what is beyond the bound is left to the garbage collector. */
    static final class Pool {
        private static final int KEPT = 64;
        private Chunk free;
        private int count;

        Chunk take() {
            if (free == null) return new Chunk();
            Chunk chunk = free;
            free = chunk.next;
            count--;
            chunk.next = null;
            chunk.used = 0;
            chunk.trains = 0;
            return chunk;
        }

        void give(Chunk chunk) {
            if (count == KEPT) return;
            chunk.next = free;
            free = chunk;
            count++;
        }
    }

    private final Pool pool;
    private Chunk head, tail;
    private int chunks;
    private int datagrams;
    /** The first train of {@link #head} that is not sent, and how much of it is. */
    private int train, sentOfTrain;

    SendQueue(Pool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return datagrams == 0;
    }

    int datagrams() {
        return datagrams;
    }

    Chunk head() {
        return head;
    }

    int train() {
        return train;
    }

    int sentOfTrain() {
        return sentOfTrain;
    }

    /** Copies a datagram (position to limit). @return false if the queue is full */
    boolean append(int address, ByteBuffer datagram) {
        int length = datagram.remaining();
        if (datagrams == MAX_DATAGRAMS) return false;
        Chunk chunk = tail;
        boolean fits = chunk != null && chunk.used + length <= CHUNK_BYTES;
        boolean joins = fits && chunk.canJoin(address, length);
        if (!fits || !joins && chunk.trains == TRAINS) {
            if (chunks == MAX_CHUNKS) return false;
            chunk = pool.take();
            chunks++;
            if (tail == null) {
                head = chunk;
            } else {
                tail.next = chunk;
            }
            tail = chunk;
            joins = false;
        }
        chunk.data.put(chunk.used, datagram, datagram.position(), length);
        if (joins) {
            chunk.bytes[chunk.trains - 1] += length;
        } else {
            int index = chunk.trains++;
            chunk.address[index] = address;
            chunk.offset[index] = chunk.used;
            chunk.segment[index] = length;
            chunk.bytes[index] = length;
        }
        chunk.used += length;
        datagrams++;
        return true;
    }

    /** The first {@code bytes} of the queue, which are {@code count} datagrams of one train, are done with. */
    void advance(int bytes, int count) {
        datagrams -= count;
        sentOfTrain += bytes;
        if (sentOfTrain < head.bytes[train]) return;
        train++;
        sentOfTrain = 0;
        toNextLive();
    }

    /** Forgets what is queued to an address. @return datagrams forgotten */
    int forget(int address) {
        int before = datagrams;
        for (Chunk chunk = head; chunk != null; chunk = chunk.next) {
            for (int i = chunk == head ? train : 0; i < chunk.trains; i++) {
                if (chunk.address[i] != address) continue;
                int sent = chunk == head && i == train ? sentOfTrain : 0;
                datagrams -= chunk.datagrams(i, chunk.bytes[i] - sent);
                chunk.address[i] = DatagramPort.NO_ADDRESS;
            }
        }
        toNextLive();
        return before - datagrams;
    }

    private void toNextLive() {
        while (head != null) {
            while (train < head.trains && head.address[train] == DatagramPort.NO_ADDRESS) {
                train++;
                sentOfTrain = 0;
            }
            if (train < head.trains) return;
            Chunk empty = head;
            head = empty.next;
            if (head == null) tail = null;
            chunks--;
            train = 0;
            sentOfTrain = 0;
            pool.give(empty);
        }
    }

    /** @return datagrams that were queued */
    int clear() {
        int dropped = datagrams;
        while (head != null) {
            Chunk next = head.next;
            pool.give(head);
            head = next;
        }
        tail = null;
        chunks = datagrams = train = sentOfTrain = 0;
        return dropped;
    }
}
