package io.ristflow.core.codec.eap;

import static io.ristflow.core.codec.eap.EapCodes.*;

import io.ristflow.core.codec.eap.EapMessage.Challenge;
import io.ristflow.core.codec.eap.EapMessage.ClientKey;
import io.ristflow.core.codec.eap.EapMessage.ClientValidator;
import io.ristflow.core.codec.eap.EapMessage.Eap;
import io.ristflow.core.codec.eap.EapMessage.Failure;
import io.ristflow.core.codec.eap.EapMessage.IdentityRequest;
import io.ristflow.core.codec.eap.EapMessage.IdentityResponse;
import io.ristflow.core.codec.eap.EapMessage.Nak;
import io.ristflow.core.codec.eap.EapMessage.PassphraseRequest;
import io.ristflow.core.codec.eap.EapMessage.PassphraseResponse;
import io.ristflow.core.codec.eap.EapMessage.ServerKey;
import io.ristflow.core.codec.eap.EapMessage.ServerValidator;
import io.ristflow.core.codec.eap.EapMessage.ServerValidatorResponse;
import io.ristflow.core.codec.eap.EapMessage.Success;
import io.ristflow.core.codec.eap.EapMessage.UnknownRequest;
import java.nio.ByteBuffer;

/** EAP packets from bytes (TR-06-2 §D.3.2 to §D.3.5). */
final class EapReader {
    /** §D.3.4.3: "at least 4 octets". */
    private static final int SHORTEST_SALT = 4;

    private EapReader() {}

    /** Null if it is no message of ours. Nothing before {@code end} is needed behind the message's own length. */
    static Eap read(ByteBuffer b, int off, int end) {
        if (end - off < HEADER) return null;
        int identifier = b.get(off + 1) & 0xFF;
        int length = b.getShort(off + 2) & 0xFFFF;
        // §D.3.2: octets beyond the length "shall be ignored", a truncated packet discarded.
        if (length < HEADER || length > end - off) return null;
        int data = off + HEADER;
        int dataEnd = off + length;
        // §D.3.2: "receivers shall silently discard packets with these values" for other codes.
        return switch (b.get(off) & 0xFF) {
            case REQUEST -> request(b, identifier, data, dataEnd);
            case RESPONSE -> response(b, identifier, data, dataEnd);
            // librist's Success carries two zero bytes: nobody reads them.
            case SUCCESS -> new Success(identifier);
            case FAILURE -> new Failure(identifier);
            default -> null;
        };
    }

    private static Eap request(ByteBuffer b, int identifier, int off, int end) {
        if (off >= end) return null;
        int type = b.get(off) & 0xFF;
        if (type == TYPE_IDENTITY) return new IdentityRequest(identifier, bytes(b, off + 1, end));
        if (type != TYPE_SRP_SHA256) return new UnknownRequest(identifier, type, end - off > 1 ? b.get(off + 1) & 0xFF : 0);
        if (end - off < 2) return null;
        int data = off + 2;
        int subtype = b.get(off + 1) & 0xFF;
        return switch (subtype) {
            case SUBTYPE_CHALLENGE -> challenge(b, identifier, data, end);
            case SUBTYPE_SERVER_KEY -> data == end ? null : new ServerKey(identifier, bytes(b, data, end));
            case SUBTYPE_SERVER_VALIDATOR ->
                end - data < VALIDATOR_FLAGS + PROOF ? null : new ServerValidator(identifier, useKey(b, data), proof(b, data));
            case SUBTYPE_PASSPHRASE -> new PassphraseRequest(identifier);
            default -> new UnknownRequest(identifier, type, subtype);
        };
    }

    private static Eap response(ByteBuffer b, int identifier, int off, int end) {
        if (off >= end) return null;
        int type = b.get(off) & 0xFF;
        if (type == TYPE_IDENTITY) return new IdentityResponse(identifier, bytes(b, off + 1, end));
        if (type == TYPE_NAK) return new Nak(identifier);
        if (type != TYPE_SRP_SHA256 || end - off < 2) return null;
        int data = off + 2;
        return switch (b.get(off + 1) & 0xFF) {
            case SUBTYPE_CLIENT_KEY -> data == end ? null : new ClientKey(identifier, bytes(b, data, end));
            case SUBTYPE_CLIENT_VALIDATOR ->
                end - data < VALIDATOR_FLAGS + PROOF ? null : new ClientValidator(identifier, useKey(b, data), proof(b, data));
            case SUBTYPE_SERVER_VALIDATOR -> new ServerValidatorResponse(identifier);
            case SUBTYPE_PASSPHRASE ->
                data == end ? null : new PassphraseResponse(identifier, b.get(data) & 0xFF, bytes(b, data + 1, end));
            default -> null;
        };
    }

    /** In librist's layout if it makes sense, else in the specification's: a message that makes sense in both would need a salt of a chosen shape. */
    private static Challenge challenge(ByteBuffer b, int identifier, int off, int end) {
        Challenge librist = challenge(b, identifier, off, end, ChallengeLayout.LIBRIST);
        return librist != null ? librist : challenge(b, identifier, off, end, ChallengeLayout.STRICT);
    }

    private static Challenge challenge(ByteBuffer b, int identifier, int off, int end, ChallengeLayout layout) {
        int nameEnd = fieldEnd(b, off, end, layout);
        int saltEnd = fieldEnd(b, nameEnd, end, layout);
        int generatorEnd = fieldEnd(b, saltEnd, end, layout);
        if (generatorEnd < 0) return null;
        int digits = layout.lengthBytes;
        byte[] salt = bytes(b, nameEnd + digits, saltEnd);
        if (salt.length < SHORTEST_SALT) return null;
        byte[] generator = bytes(b, saltEnd + digits, generatorEnd);
        // §D.3.4.3: without a generator the modulus is the default one, whatever follows. librist 0.2.20 pads a challenge with zeros.
        byte[] modulus = generator.length == 0 ? new byte[0] : bytes(b, generatorEnd, end);
        return new Challenge(identifier, layout, bytes(b, off + digits, nameEnd), salt, generator, modulus);
    }

    /** Where the field with its length at {@code off} ends; -1 if before {@code end} it does not, or {@code off} is -1 already. */
    private static int fieldEnd(ByteBuffer b, int off, int end, ChallengeLayout layout) {
        int digits = layout.lengthBytes;
        if (off < 0 || end - off < digits) return -1;
        int length = digits == 1 ? b.get(off) & 0xFF : b.getShort(off) & 0xFFFF;
        return length > end - off - digits ? -1 : off + digits + length;
    }

    private static boolean useKey(ByteBuffer b, int off) {
        return (b.get(off + VALIDATOR_FLAGS - 1) & 1) != 0;
    }

    private static byte[] proof(ByteBuffer b, int off) {
        return bytes(b, off + VALIDATOR_FLAGS, off + VALIDATOR_FLAGS + PROOF);
    }

    private static byte[] bytes(ByteBuffer b, int off, int end) {
        byte[] bytes = new byte[end - off];
        b.get(off, bytes);
        return bytes;
    }
}
