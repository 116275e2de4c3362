/**
 * Where media comes from and goes to outside RIST: UDP, RTP, files, pipes, a test signal. Knows nothing of sessions. Inputs are polled on the flow's tick, outputs each have their own bounded queue and
 * never make the flow wait.
 */
package io.ristflow.service.media;
