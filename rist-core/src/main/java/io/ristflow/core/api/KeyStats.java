package io.ristflow.core.api;

/**
 * The keys that one secret gives for sending, at one instant; never the secret.
 *
 * @param leg the configured path whose own secret it is, {@link RistSession#EVERY_LEG} if all that have none of their own share it
 * @param aesBits 128, 192 or 256
 * @param twoPassphrases whether there is another one to change to
 * @param inForce what datagrams are encrypted under now
 * @param changing whether a change of passphrase is under way: its key is derived, or its nonce announced
 * @param nonces how many nonces have been in force so far, 0 until the first key is derived
 * @param nonceAgeNs for how long the present one has been
 */
public record KeyStats(int leg, int aesBits, boolean twoPassphrases, Parity inForce, boolean changing, long nonces, long nonceAgeNs) {}
