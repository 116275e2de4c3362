/**
 * A world without sockets, threads or sleeps in which sessions meet over bad paths: {@link io.ristflow.core.sim.Pair} is a sender and a receiver with everything
 * between them, {@link io.ristflow.core.sim.World} any number of them. Time is virtual, chance comes from one seed, so that the same seed gives the same bytes at the same
 * instants; what fails prints its seed. Stands on {@code core.api} and the door alone.
 */
package io.ristflow.core.sim;
