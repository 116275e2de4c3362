/**
 * The wire: one message per class, its header drawn in the class comment with the clause it comes from. Pure; imports {@code base} only.
 *
 * <p>Per-packet messages are static functions over a {@code ByteBuffer} (big-endian, always absolute, position and limit untouched); rare messages
 * are records with {@code read} and {@code write}. Nothing allocates per packet, nothing throws for what a peer sent: a reader that finds garbage
 * returns the room's negative or null "malformed" and its caller counts it.
 */
package io.ristflow.core.codec;
