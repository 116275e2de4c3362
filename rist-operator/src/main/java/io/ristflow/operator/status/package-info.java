/**
 * What is, told truthfully: facts in ({@link io.ristflow.operator.status.FlowFacts}), a status out ({@link io.ristflow.operator.status.StatusAggregator}),
 * and from one status to the next the events that people read ({@link io.ristflow.operator.status.EventPolicy}, {@link
 * io.ristflow.operator.status.EventRecorder}). All but the recorder and the meters is pure; the same facts give the same status, so nothing is written while
 * nothing changes.
 *
 * <p>May import {@code pods}, {@code naming}, {@code text}, {@code config} and {@code crd.v1alpha1}.
 */
package io.ristflow.operator.status;
