/**
 * The only room that knows which profile is spoken: bytes to packets and back. It frames and unframes, widens sequences and timestamps, encrypts and decrypts.
 * Imports {@code codec crypto packet base}.
 */
package io.ristflow.core.profile;
