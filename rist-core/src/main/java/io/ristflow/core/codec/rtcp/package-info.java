/**
 * RTCP packets of TR-06-1 §5.2 and §5.3 and TR-06-2 §8.4. {@link io.ristflow.core.codec.rtcp.RtcpCompound} walks a datagram; a packet it let pass lies
 * wholly inside the datagram, and every reader here stays inside that packet: fields that a short packet lacks read as zero.
 */
package io.ristflow.core.codec.rtcp;
