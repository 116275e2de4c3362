/**
 * The whole program as its users have it: {@code ./rist run} in processes of its own, with FFmpeg at the other end, with mistakes on its command line, with signals and pipes. These tests run after the
 * program is packaged (Maven's integration-test phase) and need FFmpeg with librist, as Debian has it; on a CI machine ({@code CI} is set) its absence is a failure.
 */
package io.ristflow.service.e2e;
