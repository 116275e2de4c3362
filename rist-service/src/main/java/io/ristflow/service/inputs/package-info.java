/**
 * What two inputs of a flow are to each other: one at a time ({@link io.ristflow.service.inputs.Failover}) or packet by packet ({@link io.ristflow.service.inputs.Merge}). Pure: time is an argument,
 * payloads come in and go out as buffers that are valid during the call alone, sockets and sessions are unknown. Nothing is allocated per packet; whoever calls owns the thread.
 */
package io.ristflow.service.inputs;
