/**
 * Where media comes from and goes to outside RIST: UDP, RTP, files, pipes, a test signal. Knows nothing of sessions. Inputs are polled on
 * the flow's tick, outputs each have their own bounded queue and never make the flow wait.
 *
 * <p>The door is {@link io.ristflow.service.media.MediaFactory}. Whatever can block (disks, pipes) has a thread of its own behind a ring
 * with one writer and one reader; the loop's side of a ring takes no lock and allocates nothing. Time is passed in; only those threads may
 * read a clock. Payload buffers are read with absolute gets: several outputs may be given the same one.
 */
package io.ristflow.service.media;
