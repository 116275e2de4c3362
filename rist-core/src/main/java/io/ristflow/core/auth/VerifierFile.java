package io.ristflow.core.auth;

import io.ristflow.core.crypto.SrpGroup;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * Users as librist's {@code ristsrppasswd} writes them, a line each, or two where both hash versions are wanted:
 *
 * <pre>
 * user:verifier:salt:3            librist up to 0.2.7, for EAPOL version 2
 * user:verifier:salt:3:0          the same, as later versions write it
 * user:verifier:salt:3:1          EAPOL version 3 and up
 * </pre>
 *
 * Verifier and salt are Base64, its padding optional; 3 names the group of 2,048 bits. Empty lines and lines that begin with {@code #} are passed over. Immutable.
 */
public final class VerifierFile implements UserDirectory {
    private static final String GROUP = "3";
    private static final int LONGEST_NAME_BYTES = 255;
    private static final int SHORTEST_SALT_BYTES = 4;

    /** A line that cannot be used. {@code text} never shows a verifier. */
    public record Mistake(int line, String text) {}

    /** What a text held; with a mistake in it {@code file} is null. */
    public record Parsed(VerifierFile file, List<Mistake> mistakes) {}

    private final Map<String, Enrolment> current = new HashMap<>();
    private final Map<String, Enrolment> legacy = new HashMap<>();
    private final byte[] seed = new byte[32];

    private VerifierFile() {}

    public static Parsed parse(String text) {
        VerifierFile file = new VerifierFile();
        List<Mistake> mistakes = new ArrayList<>();
        SHA256Digest digest = new SHA256Digest();
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            digest.update(bytes, 0, bytes.length);
            String mistake = file.add(line);
            if (mistake != null) mistakes.add(new Mistake(i + 1, mistake));
        }
        if (mistakes.isEmpty() && file.current.isEmpty() && file.legacy.isEmpty()) mistakes.add(new Mistake(1, "there is no user in it; ristsrppasswd USER PASSWORD writes a line"));
        // Decoys must be the same from start to start, and nobody can know the verifiers who has not got the file
        digest.doFinal(file.seed, 0);
        return new Parsed(mistakes.isEmpty() ? file : null, List.copyOf(mistakes));
    }

    /** Null if it could be used. */
    private String add(String line) {
        String[] fields = line.split(":", -1);
        if (fields.length != 4 && fields.length != 5) return fields.length + " fields between colons are not the 4 or 5 of user:verifier:salt:3:1";
        String user = fields[0];
        int nameBytes = user.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes < 1 || nameBytes > LONGEST_NAME_BYTES) return "a user name of " + nameBytes + " bytes is not in 1.." + LONGEST_NAME_BYTES + " bytes";
        byte[] verifierBytes = base64(fields[1]);
        if (verifierBytes == null) return "the verifier is not Base64";
        BigInteger verifier = new BigInteger(1, verifierBytes);
        // v = 0 would let anybody in: S would be 0 whatever the password
        if (verifier.signum() == 0 || verifier.compareTo(SrpGroup.RFC5054_2048.modulus()) >= 0) return "the verifier is no number of the group of 2,048 bits";
        byte[] salt = base64(fields[2]);
        if (salt == null || salt.length < SHORTEST_SALT_BYTES || salt.length > 255) return "the salt is not 4..255 bytes of Base64";
        if (!fields[3].equals(GROUP)) return "group " + shown(fields[3]) + " is not 3, the group of 2,048 bits";
        String version = fields.length == 5 ? fields[4] : "0";
        if (!version.equals("0") && !version.equals("1")) return "hash version " + shown(version) + " is not 0 or 1";
        Map<String, Enrolment> users = version.equals("0") ? legacy : current;
        if (users.putIfAbsent(user, new Enrolment.Stored(salt, verifier)) != null) return "user " + shown(user) + " is there twice with hash version " + version;
        return null;
    }

    private static byte[] base64(String text) {
        if (text.isEmpty()) return null;
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String shown(String text) {
        return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
    }

    /** How many lines could be used. */
    public int size() {
        return current.size() + legacy.size();
    }

    @Override
    public Enrolment find(String user, boolean forLegacy) {
        return (forLegacy ? legacy : current).get(user);
    }

    @Override
    public Enrolment decoy(String user) {
        return UserDirectory.decoy(seed, user);
    }

    @Override
    public String toString() {
        return "VerifierFile[" + size() + " lines]";
    }
}
