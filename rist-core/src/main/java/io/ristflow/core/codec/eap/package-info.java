/**
 * EAP over LAN, as the tunnel carries it (TR-06-2 Annex D.3; GRE protocol 0x888E, never encrypted). Rare messages, so records: {@link EapolFrame} is the
 * outside, {@link EapMessage} the sealed family inside. What is no message reads as null; bytes behind a message are ignored (§D.3.2).
 */
package io.ristflow.core.codec.eap;
