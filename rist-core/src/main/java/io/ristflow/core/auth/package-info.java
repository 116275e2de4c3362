/**
 * EAP-SRP (TR-06-2 Annex D) as two pure state machines: {@link Authenticatee}, who calls, and {@link Authenticator}, who is called. Frames, finished
 * computations and the time go in, {@link AuthOutput outputs} come out; a machine belongs to one path and one thread, and draws from the generator that it was
 * given. It never raises to a power itself: {@link SrpWork} is for another thread.
 *
 * <p>Imports {@code codec}, {@code crypto} and {@code base} only. Garbage and what comes at the wrong time is dropped without a word; nothing throws for what a
 * peer sent.
 */
package io.ristflow.core.auth;
