package io.ristflow.core.session;

import io.ristflow.core.api.KeyRequest;
import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.crypto.PskKey;

/** One derivation on its way; {@code path} is null for a key to send under. Run on any thread, where it reads the passphrase alone. */
record Derivation(Secret secret, Passphrase passphrase, int nonce, int aesBits, Path path) implements KeyRequest {
    record Derived(Derivation request, PskKey key) implements DerivedKey {}

    @Override
    public DerivedKey derive() {
        return new Derived(this, passphrase.derive(nonce, aesBits));
    }

    @Override
    public String toString() {
        return "Derivation[AES-" + aesBits + "]";
    }
}
