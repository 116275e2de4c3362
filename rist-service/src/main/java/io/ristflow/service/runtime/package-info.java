/**
 * Flows in action: one Vert.x event loop owns one flow (its sockets, its session, its tick); the registry starts, lists and drains them. The session's sink becomes sockets and
 * outputs here, and nowhere else.
 */
package io.ristflow.service.runtime;
