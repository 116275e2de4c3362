/**
 * What a host sees of a session: four verbs in ({@code onDatagram}, {@code onDeadline}, {@code nextDeadlineNs}, {@code stats}), effects out
 * through a sink that is an argument and never a field. Imports nothing of ours.
 *
 * <p>Single-threaded: one session belongs to one thread at a time (the flow's event loop). Buffers passed in either direction are valid
 * during the call alone. A sink must not call the session back. A peer's garbage never throws: it is counted and, once per change of
 * state, told as a {@link io.ristflow.core.api.SessionEvent}.
 */
package io.ristflow.core.api;
