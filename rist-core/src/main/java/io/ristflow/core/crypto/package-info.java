/**
 * Pre-shared keys (TR-06-2 §7): derivation, the AES-CTR key stream, and which nonce is in force. Pure; imports {@code base} only; the JDK's AES carries
 * the packets, Bouncy Castle the PBKDF2 over raw bytes. A key is used by one thread at a time; derivation may run on any.
 */
package io.ristflow.core.crypto;
