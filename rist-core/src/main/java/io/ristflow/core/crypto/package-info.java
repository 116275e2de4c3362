/**
 * Pre-shared keys (TR-06-2 §7): derivation, the AES-CTR key stream, and which nonce is in force. And SRP (TR-06-2 Annex D): {@link
 * io.ristflow.core.crypto.Srp} is the arithmetic, {@link io.ristflow.core.crypto.SessionKey} what comes of it. Pure; imports {@code base} only; the JDK's
 * AES carries the packets, Bouncy Castle the PBKDF2 over raw bytes, HKDF and SHA-256 from a given state. A key is used by one thread at a time; derivation
 * and SRP may run on any.
 */
package io.ristflow.core.crypto;
