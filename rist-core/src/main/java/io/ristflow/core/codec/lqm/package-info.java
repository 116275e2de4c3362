/**
 * The Link Quality Message of TR-06-4 Part 1 §5.1: its body alone. On Simple and Main it is the profile-specific extension of a receiver report
 * ({@link io.ristflow.core.codec.rtcp.ReceiverReport#extensionOffset}, §5.2, §5.3), on Advanced the content of a control message with index 0x0002 or
 * 0x0003 (§5.4).
 */
package io.ristflow.core.codec.lqm;
