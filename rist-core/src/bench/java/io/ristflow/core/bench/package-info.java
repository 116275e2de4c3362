/**
 * What single pieces cost, by JMH: parts of a packet's way, each alone and warm, on one thread. They tell which piece is worth a look, not what a stream costs: {@code ./rist bench} tells that, with sockets, timers and
 * cold caches. Compiled in the Maven profile {@code bench} alone; CONTRIBUTING.md has the command. Every operation is one packet of 1,316 bytes of media unless its comment says otherwise.
 */
package io.ristflow.core.bench;
