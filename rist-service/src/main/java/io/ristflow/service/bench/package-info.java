/**
 * {@code ./rist bench}: what a packet costs on this machine. Two ends, ours and then librist's, each in a process of its own, take the same stream in turn; CPU time and memory are read from the
 * kernel's books of those processes, latency and loss from the stamps of the test signal. The generator, the checker and the bad path run in the bench's own process, on threads of their own and not as
 * flows, as a flow's tick would add its milliseconds to what is measured. Needs Linux' {@code /proc}. Nothing here knows how a session works: an end is a command line.
 */
package io.ristflow.service.bench;
