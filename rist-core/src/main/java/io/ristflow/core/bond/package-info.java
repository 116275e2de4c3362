/**
 * Bonding: one flow over several paths (TR-06-1 §5.4). Which paths a packet takes, how well each delivers, on which one a request and its answer travel. Imports {@code packet} and {@code base},
 * nothing else, ever.
 *
 * <p>A <b>leg</b> is a path of the configuration, numbered from 0: for a caller the address that it calls, for a listener a port, with whoever called it. Weight 0 is a leg that takes a copy of
 * everything (as SMPTE 2022-7 does); any other is its part of a rotation in which a packet takes one leg. Both may be there at once.
 *
 * <p>Out of the rotation a leg goes at once when it falls silent or its round trip is too long; by degrees when it delivers worse than the best; and back it comes by degrees. Its session goes on
 * all the while: being out of the rotation is no farewell. No packet is kept back as long as there is a leg to send it on.
 *
 * <p>Time comes in as an argument, there is no randomness, nothing is allocated per packet.
 */
package io.ristflow.core.bond;
