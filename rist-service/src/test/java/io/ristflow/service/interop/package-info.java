/**
 * RistFlow against librist's own tools (docs/interop.md): a numbered stream over UDP into one end, across a path, out of the other end over UDP, and every byte compared. Rows run side by side, as they
 * spend their time waiting. {@code RIST_PEERS} names the folder of the tools ({@code .ci/peers} makes it); without it these tests do not run, and {@code ./rist test} says so loudly.
 */
package io.ristflow.service.interop;
