/**
 * RTP as RIST uses it: the fixed header, the "RI" header extension and null packet deletion (TR-06-1 §5.1, TR-06-2 §8). Buffers are big-endian,
 * offsets absolute; a reader may be called only after the room's own check ({@code headerLength}, {@code present}) said the bytes are there.
 */
package io.ristflow.core.codec.rtp;
