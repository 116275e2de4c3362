package io.ristflow.core.codec.eap;

import static io.ristflow.core.codec.eap.EapCodes.*;

import io.ristflow.core.codec.eap.EapMessage.Challenge;
import io.ristflow.core.codec.eap.EapMessage.ClientKey;
import io.ristflow.core.codec.eap.EapMessage.ClientValidator;
import io.ristflow.core.codec.eap.EapMessage.Eap;
import io.ristflow.core.codec.eap.EapMessage.Failure;
import io.ristflow.core.codec.eap.EapMessage.IdentityRequest;
import io.ristflow.core.codec.eap.EapMessage.IdentityResponse;
import io.ristflow.core.codec.eap.EapMessage.Logoff;
import io.ristflow.core.codec.eap.EapMessage.Nak;
import io.ristflow.core.codec.eap.EapMessage.PassphraseRequest;
import io.ristflow.core.codec.eap.EapMessage.PassphraseResponse;
import io.ristflow.core.codec.eap.EapMessage.ServerKey;
import io.ristflow.core.codec.eap.EapMessage.ServerValidator;
import io.ristflow.core.codec.eap.EapMessage.ServerValidatorResponse;
import io.ristflow.core.codec.eap.EapMessage.Start;
import io.ristflow.core.codec.eap.EapMessage.Success;
import io.ristflow.core.codec.eap.EapMessage.UnknownRequest;
import java.nio.ByteBuffer;

/** EAP packets to bytes (TR-06-2 §D.3.2 to §D.3.5). */
final class EapWriter {
    private EapWriter() {}

    /** Writes at {@code off} and returns the length; 0 for what has no packet. */
    static int write(EapMessage message, ByteBuffer b, int off) {
        if (!(message instanceof Eap eap)) return 0;
        int data = off + HEADER;
        int end = switch (message) {
            case Start start -> off;
            case Logoff logoff -> off;
            case IdentityRequest m -> put(b, type(b, data, TYPE_IDENTITY), m.text());
            case IdentityResponse m -> put(b, type(b, data, TYPE_IDENTITY), m.user());
            case Nak m -> put(b, type(b, data, TYPE_NAK), new byte[] {TYPE_SRP_SHA256});
            case Challenge m -> challenge(m, b, subtype(b, data, SUBTYPE_CHALLENGE));
            case ClientKey m -> put(b, subtype(b, data, SUBTYPE_CLIENT_KEY), m.publicKey());
            case ServerKey m -> put(b, subtype(b, data, SUBTYPE_SERVER_KEY), m.publicKey());
            case ClientValidator m -> validator(b, subtype(b, data, SUBTYPE_CLIENT_VALIDATOR), m.useKey(), m.proof());
            case ServerValidator m -> validator(b, subtype(b, data, SUBTYPE_SERVER_VALIDATOR), m.useKey(), m.proof());
            case ServerValidatorResponse m -> subtype(b, data, SUBTYPE_SERVER_VALIDATOR);
            case PassphraseRequest m -> subtype(b, data, SUBTYPE_PASSPHRASE);
            case PassphraseResponse m -> {
                int at = subtype(b, data, SUBTYPE_PASSPHRASE);
                b.put(at, (byte) m.flags());
                yield put(b, at + 1, m.sealed());
            }
            case Success m -> data;
            case Failure m -> data;
            case UnknownRequest m -> {
                b.put(data, (byte) m.type());
                b.put(data + 1, (byte) m.subtype());
                yield data + 2;
            }
        };
        b.put(off, (byte) code(eap));
        b.put(off + 1, (byte) eap.identifier());
        b.putShort(off + 2, (short) (end - off));
        return end - off;
    }

    private static int code(Eap message) {
        return switch (message) {
            case IdentityRequest m -> REQUEST;
            case Challenge m -> REQUEST;
            case ServerKey m -> REQUEST;
            case ServerValidator m -> REQUEST;
            case PassphraseRequest m -> REQUEST;
            case UnknownRequest m -> REQUEST;
            case IdentityResponse m -> RESPONSE;
            case Nak m -> RESPONSE;
            case ClientKey m -> RESPONSE;
            case ClientValidator m -> RESPONSE;
            case ServerValidatorResponse m -> RESPONSE;
            case PassphraseResponse m -> RESPONSE;
            case Success m -> SUCCESS;
            case Failure m -> FAILURE;
        };
    }

    private static int challenge(Challenge m, ByteBuffer b, int off) {
        int at = field(b, off, m.name(), m.layout());
        at = field(b, at, m.salt(), m.layout());
        at = field(b, at, m.generator(), m.layout());
        return put(b, at, m.modulus());
    }

    private static int field(ByteBuffer b, int off, byte[] bytes, ChallengeLayout layout) {
        if (layout.lengthBytes == 1) b.put(off, (byte) bytes.length);
        else b.putShort(off, (short) bytes.length);
        return put(b, off + layout.lengthBytes, bytes);
    }

    private static int validator(ByteBuffer b, int off, boolean useKey, byte[] proof) {
        b.putInt(off, useKey ? 1 : 0);
        return put(b, off + VALIDATOR_FLAGS, proof);
    }

    private static int type(ByteBuffer b, int off, int type) {
        b.put(off, (byte) type);
        return off + 1;
    }

    private static int subtype(ByteBuffer b, int off, int subtype) {
        b.put(type(b, off, TYPE_SRP_SHA256), (byte) subtype);
        return off + 2;
    }

    private static int put(ByteBuffer b, int off, byte[] bytes) {
        b.put(off, bytes);
        return off + bytes.length;
    }
}
