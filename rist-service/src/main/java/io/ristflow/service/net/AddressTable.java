package io.ristflow.service.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Addresses as small numbers, both ways, and as the kernel wants them. A hit allocates nothing; an {@link InetSocketAddress} is made when a number is given. Starts with room for 8
 * and doubles up to {@link #CAPACITY}: most ports have one to three peers.
 *
 * <p>An IPv4 address is keyed as its v4-mapped IPv6 form, so it is one key on either kind of socket.
 */
final class AddressTable {
    static final int CAPACITY = 1_024;
    /** sockaddr_in takes 16 of them, sockaddr_in6 28. */
    static final int SOCKADDR_BYTES = 32;
    private static final long MAPPED = 0xFFFF_0000_0000L;

    private final boolean ipv6Socket;
    /** Peers choose their addresses: an unknown seed keeps them from choosing collisions. */
    private final long seed = ThreadLocalRandom.current().nextLong() | 1;
    private int room = 0;
    private long[] high = {};
    private long[] low = {};
    /** scope id << 16 | port */
    private long[] portAndScope = {};
    private InetSocketAddress[] objects = {};
    private int[] free = {};
    private int freeCount = 0;
    /** number + 1 per slot, 0 if empty; twice as many slots as numbers, linear probing. */
    private short[] slots = {};
    private ByteBuffer sockaddrs = Syscalls.struct(0);
    private long sockaddrsAddress;

    AddressTable(boolean ipv6Socket) {
        this.ipv6Socket = ipv6Socket;
        grow(8);
    }

    /** Interns what the kernel wrote at {@code offset}; {@link DatagramPort#NO_ADDRESS} if full or if it is nobody who could be answered (port 0). */
    int intern(ByteBuffer raw, int offset) {
        int family = raw.getShort(offset);
        long port = bigEndian(raw.getShort(offset + 2)) & 0xFFFF;
        if (port == 0) return DatagramPort.NO_ADDRESS;
        if (family == Syscalls.AF_INET) return intern(0, MAPPED | bigEndian(raw.getInt(offset + 4)) & 0xFFFF_FFFFL, port);
        if (family != Syscalls.AF_INET6) return DatagramPort.NO_ADDRESS;
        return intern(bigEndian(raw.getLong(offset + 8)), bigEndian(raw.getLong(offset + 16)), (raw.getInt(offset + 24) & 0xFFFF_FFFFL) << 16 | port);
    }

    int intern(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) throw new IllegalArgumentException(address.getHostString() + " is not resolved");
        if (address.getPort() == 0) throw new IllegalArgumentException(address + " has port 0; nothing can be sent there");
        ByteBuffer bytes = ByteBuffer.wrap(ip.getAddress());
        if (bytes.remaining() == 4) return intern(0, MAPPED | bytes.getInt() & 0xFFFF_FFFFL, address.getPort());
        if (!ipv6Socket) throw new IllegalArgumentException(address + " is IPv6, the port is IPv4");
        long scope = ((Inet6Address) ip).getScopeId();
        return intern(bytes.getLong(), bytes.getLong(), scope << 16 | address.getPort());
    }

    InetSocketAddress address(int number) {
        return objects[check(number)];
    }

    /** Whether the number stands for an address now. */
    boolean isTaken(int number) {
        return number >= 0 && number < room && objects[number] != null;
    }

    int check(int number) {
        if (!isTaken(number)) throw new IllegalArgumentException("address number " + number + " is not interned");
        return number;
    }

    long sockaddr(int number) {
        return sockaddrsAddress + (long) number * SOCKADDR_BYTES;
    }

    int sockaddrLength() {
        return ipv6Socket ? 28 : 16;
    }

    int size() {
        return room - freeCount;
    }

    void release(int number) {
        check(number);
        int mask = slots.length - 1;
        int slot = home(high[number], low[number], portAndScope[number]) & mask;
        while (slots[slot] != number + 1) slot = slot + 1 & mask;
        // Close the gap, so that searches need no tombstones.
        int gap = slot;
        for (int next = gap + 1 & mask; slots[next] != 0; next = next + 1 & mask) {
            int other = slots[next] - 1;
            int wanted = home(high[other], low[other], portAndScope[other]) & mask;
            if ((next - wanted & mask) >= (next - gap & mask)) {
                slots[gap] = slots[next];
                gap = next;
            }
        }
        slots[gap] = 0;
        objects[number] = null;
        free[freeCount++] = number;
    }

    private int intern(long high, long low, long portAndScope) {
        int hash = home(high, low, portAndScope);
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (int entry; (entry = slots[slot]) != 0; slot = slot + 1 & mask) {
            int number = entry - 1;
            if (this.low[number] == low && this.high[number] == high && this.portAndScope[number] == portAndScope) return number;
        }
        if (freeCount == 0) {
            if (room == CAPACITY) return DatagramPort.NO_ADDRESS;
            grow(room * 2);
            mask = slots.length - 1;
            slot = hash & mask;
            while (slots[slot] != 0) slot = slot + 1 & mask;
        }
        int number = free[--freeCount];
        this.high[number] = high;
        this.low[number] = low;
        this.portAndScope[number] = portAndScope;
        slots[slot] = (short) (number + 1);
        objects[number] = object(high, low, portAndScope);
        encode(number);
        return number;
    }

    private int home(long high, long low, long portAndScope) {
        long mixed = (high * 0x9E37_79B9_7F4A_7C15L ^ low ^ portAndScope << 40 ^ portAndScope >>> 24) * seed;
        mixed = (mixed ^ mixed >>> 29) * 0xBF58_476D_1CE4_E5B9L;
        return (int) (mixed >>> 32);
    }

    private void encode(int number) {
        int at = number * SOCKADDR_BYTES;
        for (int i = 0; i < SOCKADDR_BYTES; i += 8) sockaddrs.putLong(at + i, 0);
        sockaddrs.putShort(at, ipv6Socket ? Syscalls.AF_INET6 : Syscalls.AF_INET);
        sockaddrs.putShort(at + 2, bigEndian((short) portAndScope[number]));
        if (ipv6Socket) {
            sockaddrs.putLong(at + 8, bigEndian(high[number]));
            sockaddrs.putLong(at + 16, bigEndian(low[number]));
            sockaddrs.putInt(at + 24, (int) (portAndScope[number] >>> 16));
        } else {
            sockaddrs.putInt(at + 4, bigEndian((int) low[number]));
        }
    }

    private static InetSocketAddress object(long high, long low, long portAndScope) {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        int scope = (int) (portAndScope >>> 16);
        try {
            InetAddress ip = scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
            return new InetSocketAddress(ip, (int) portAndScope & 0xFFFF);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    private void grow(int newRoom) {
        high = Arrays.copyOf(high, newRoom);
        low = Arrays.copyOf(low, newRoom);
        portAndScope = Arrays.copyOf(portAndScope, newRoom);
        objects = Arrays.copyOf(objects, newRoom);
        free = Arrays.copyOf(free, newRoom);
        for (int number = newRoom - 1; number >= room; number--) free[freeCount++] = number;
        ByteBuffer bigger = Syscalls.struct(newRoom * SOCKADDR_BYTES);
        bigger.put(0, sockaddrs, 0, sockaddrs.capacity());
        sockaddrs = bigger;
        sockaddrsAddress = Syscalls.addressOf(bigger);
        slots = new short[newRoom * 2];
        int mask = slots.length - 1;
        for (int number = 0; number < room; number++) {
            int slot = home(high[number], low[number], portAndScope[number]) & mask;
            while (slots[slot] != 0) slot = slot + 1 & mask;
            slots[slot] = (short) (number + 1);
        }
        room = newRoom;
    }

    private static short bigEndian(short value) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Short.reverseBytes(value) : value;
    }

    private static int bigEndian(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(value) : value;
    }

    private static long bigEndian(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Long.reverseBytes(value) : value;
    }
}
