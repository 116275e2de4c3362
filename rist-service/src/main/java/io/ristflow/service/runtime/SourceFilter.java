package io.ristflow.service.runtime;

import io.ristflow.core.config.ConfigException;
import java.net.InetAddress;
import java.util.List;

/** From which networks callers are taken. Immutable; asked once per new address, not per datagram. */
final class SourceFilter {
    private record Block(byte[] network, int prefixBits) {
        boolean holds(byte[] address) {
            if (address.length != network.length) return false;
            for (int bit = 0; bit < prefixBits; bit += 8) {
                int mask = prefixBits - bit >= 8 ? 0xFF : 0xFF << 8 - (prefixBits - bit) & 0xFF;
                if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) return false;
            }
            return true;
        }
    }

    private final List<Block> blocks;

    /**
     * @param cidrs such as 198.51.100.0/24 or 2001:db8::/32; empty: everybody
     * @throws ConfigException naming the entry that is none
     */
    SourceFilter(List<String> cidrs) {
        blocks = cidrs.stream().map(SourceFilter::block).toList();
    }

    private static Block block(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            byte[] network = InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash)).getAddress();
            int bits = slash < 0 ? network.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
            if (bits < 0 || bits > network.length * 8) throw new ConfigException("allowedSources", cidr + ": the prefix length is not in 0.." + network.length * 8);
            return new Block(network, bits);
        } catch (IllegalArgumentException e) {
            if (e instanceof ConfigException mistake) throw mistake;
            throw new ConfigException("allowedSources", cidr + " is no network; write it like 198.51.100.0/24 or 2001:db8::/32");
        }
    }

    boolean allows(InetAddress source) {
        if (blocks.isEmpty()) return true;
        byte[] address = source.getAddress();
        for (Block block : blocks) if (block.holds(address)) return true;
        return false;
    }
}
