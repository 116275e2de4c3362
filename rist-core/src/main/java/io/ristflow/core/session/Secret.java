package io.ristflow.core.session;

import io.ristflow.core.crypto.Passphrase;
import io.ristflow.core.profile.Keyring;

/**
 * A passphrase and the keys made of it. A session has one for all its paths, or a path its own.
 *
 * @param passphrase null: in the clear
 */
record Secret(Passphrase passphrase, Keyring keyring, NonceHerald herald) {
    Secret(Passphrase passphrase, Keyring keyring) {
        this(passphrase, keyring, new NonceHerald());
    }
}
