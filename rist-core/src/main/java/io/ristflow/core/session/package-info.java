/**
 * One session, composed of parts: who the peers are, when reports go out, what a flow wants asked for, which path gets it. Wiring, no bytes (that is {@code profile})
 * and no recovery (that is {@code flow}).
 */
package io.ristflow.core.session;
