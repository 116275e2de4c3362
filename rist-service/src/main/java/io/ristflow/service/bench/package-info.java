/**
 * {@code ./rist bench}: what a packet costs on this machine. The ends, ours and then librist's, in processes of their own, take the same streams in turn; CPU time and memory are read from the
 * kernel's books of those processes, latency and loss from the stamps of the test signal. The generator, the checker and the bad path run in the bench's own process, on threads of their own and not as
 * flows, as a flow's tick would add its milliseconds to what is measured; generator and checker have a socket of their own, too, as a meter should share nothing with what it measures. Needs Linux'
 * {@code /proc} and calls into the C library. Nothing here knows how a session works: an end is a command line. May import what the demo, media, mpegts, cli and config rooms offer.
 */
package io.ristflow.service.bench;
