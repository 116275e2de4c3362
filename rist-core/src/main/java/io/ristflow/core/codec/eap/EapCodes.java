package io.ristflow.core.codec.eap;

/** The numbers of TR-06-2 §D.3.2 to §D.3.5. */
final class EapCodes {
    static final int HEADER = 4;

    static final int REQUEST = 1;
    static final int RESPONSE = 2;
    static final int SUCCESS = 3;
    static final int FAILURE = 4;

    static final int TYPE_IDENTITY = 0x01;
    static final int TYPE_NAK = 0x03;
    static final int TYPE_SRP_SHA256 = 0x13;

    static final int SUBTYPE_CHALLENGE = 0x01;
    static final int SUBTYPE_CLIENT_KEY = 0x01;
    static final int SUBTYPE_SERVER_KEY = 0x02;
    static final int SUBTYPE_CLIENT_VALIDATOR = 0x02;
    static final int SUBTYPE_SERVER_VALIDATOR = 0x03;
    static final int SUBTYPE_PASSPHRASE = 0x10;

    /** Reserved bits and U before a proof of 32 bytes (Figures 29 and 30). */
    static final int VALIDATOR_FLAGS = 4;
    static final int PROOF = 32;

    private EapCodes() {}
}
