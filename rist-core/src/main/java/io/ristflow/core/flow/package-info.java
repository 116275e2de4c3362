/**
 * One flow's packets, both ends, without a profile, a path's address or a byte of header: gap detection, requests, the recovery buffer and its play-out clock; the
 * sender's history and the gates before a retransmission. Imports {@code packet} and {@code base}, nothing else, ever.
 *
 * <p>Determinism: time comes in as an argument, there is no randomness; the same calls give the same effects. One thread. Payloads are copied once, on
 * arrival, into cells of a slab that grows to what the flow needs and is then reused: nothing is allocated per packet in steady state. Sequence numbers
 * and source times are wide ({@code long}); wrapping is over before a packet comes here.
 */
package io.ristflow.core.flow;
