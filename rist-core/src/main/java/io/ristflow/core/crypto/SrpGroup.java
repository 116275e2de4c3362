package io.ristflow.core.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The group in which SRP reckons: a safe prime and a generator.
 *
 * @param modulus N
 * @param generator g
 */
public record SrpGroup(BigInteger modulus, BigInteger generator) {
    /** RFC 5054 Appendix A, 2,048 bits: the default of TR-06-2 §D.3.4.3, and the one group that peers use. */
    public static final SrpGroup RFC5054_2048 = new SrpGroup(new BigInteger(
            "AC6BDB41324A9A9BF166DE5E1389582FAF72B6651987EE07FC3192943DB56050"
                    + "A37329CBB4A099ED8193E0757767A13DD52312AB4B03310DCD7F48A9DA04FD50"
                    + "E8083969EDB767B0CF6095179A163AB3661A05FBD5FAAAE82918A9962F0B93B8"
                    + "55F97993EC975EEAA80D740ADBF4FF747359D041D5C33EA71D281E446B14773B"
                    + "CA97B43A23FB801676BD207A436C6481F1D2B9078717461A5B9D32E688F87748"
                    + "544523B524B0D57D5EA77A2775D2ECFA032CFBDBF52FB3786160279004E57AE6"
                    + "AF874E7303CE53299CCC041C7BC308D82A5698F3A8D0C38271AE35F8E9DBFBB6"
                    + "94B5C803D89F7AE435DE236D525F54759B65E372FCD68EF20FA7111F9E4AFF73",
            16), BigInteger.TWO);

    /** Bytes of N: what PAD fills up to (RFC 5054 §2.6). */
    public int paddedLength() {
        return (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** A public key that is 0 modulo N would give away the session key (RFC 5054 §2.5.3, §2.5.4). Nor is a longer one than N's any that an honest peer sends. */
    public boolean acceptsPublicKey(byte[] wire) {
        return wire.length <= paddedLength() && new BigInteger(1, wire).mod(modulus).signum() != 0;
    }

    /** Big-endian, without sign and without leading zero bytes; zero has no byte at all. */
    public static byte[] minimal(BigInteger number) {
        byte[] signed = number.toByteArray();
        return withoutLeadingZeros(signed);
    }

    static byte[] withoutLeadingZeros(byte[] bytes) {
        int from = 0;
        while (from < bytes.length && bytes[from] == 0) from++;
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    /** Big-endian in {@link #paddedLength} bytes. */
    byte[] padded(BigInteger number) {
        byte[] digits = minimal(number);
        byte[] all = new byte[Math.max(paddedLength(), digits.length)];
        System.arraycopy(digits, 0, all, all.length - digits.length, digits.length);
        return all;
    }
}
