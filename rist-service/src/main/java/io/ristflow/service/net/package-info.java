/**
 * Batched datagram I/O on a flow's event loop. A port reads what the kernel holds and sends what was queued when its owner's tick says so, never per packet. Knows nothing of
 * RIST, flows or media. Remote addresses are interned once and are small numbers from then on: nothing is allocated or resolved per datagram.
 */
package io.ristflow.service.net;
