package io.ristflow.core.codec.eap;

/**
 * How the lengths inside a challenge are written.
 *
 * <pre>
 * | name length   | name ... | salt length   | salt ... | generator length  | generator ... | modulus ...
 * </pre>
 *
 * DEVIATION(librist): TR-06-2 §D.3.4.3 has lengths of one byte; librist writes and reads two.
 */
public enum ChallengeLayout {
    /** Two bytes. */
    LIBRIST(2),
    /** One byte, TR-06-2 §D.3.4.3. */
    STRICT(1);

    final int lengthBytes;

    ChallengeLayout(int lengthBytes) {
        this.lengthBytes = lengthBytes;
    }
}
