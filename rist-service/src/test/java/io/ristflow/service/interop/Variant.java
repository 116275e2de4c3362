package io.ristflow.service.interop;

import io.ristflow.service.interop.Crossing.Side;

/** What the ends are configured with beside the profile. */
enum Variant {
    CLEAR(""),
    AES_128("&secret=the-same&aes-type=128"),
    AES_256("&secret=the-same&aes-type=256"),
    /** Without a size, which librist 0.2.20 and we take as 256 bits. */
    SECRET_ALONE("&secret=the-same"),
    /** The sender's alone, as is compression. */
    ROTATION("&secret=the-same&aes-type=256&key-rotation=300"),
    NPD(""),
    LZ4("&compression=1"),
    SRP(""),
    SRP_AES_128("&secret=the-same&aes-type=128"),
    SRP_AES_256("&secret=the-same&aes-type=256");

    private static final double NULL_SHARE = 0.3;

    private final String parameters;

    Variant(String parameters) {
        this.parameters = parameters;
    }

    /** Null packets: to be deleted, or to be found compressible. */
    double nullShare() {
        return this == NPD || this == LZ4 ? NULL_SHARE : 0;
    }

    /** Whether every packet of media is, whoever sends it. */
    boolean encrypted() {
        return parameters.contains("secret");
    }

    /** Whether the caller has a name and a password, and the listener a file of verifiers. */
    boolean login() {
        return name().startsWith("SRP");
    }

    String parameters(Side side) {
        return side == Side.RECEIVER ? parameters.replace("&key-rotation=300", "").replace("&compression=1", "") : parameters;
    }
}
