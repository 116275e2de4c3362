/**
 * Which UDP port a listener has: pools of ports as an administrator sets them, and who holds which. A port stays with its flow for as long as the flow wants it, over restarts of the operator
 * ({@code status.ports} and the Services are the memory); two flows that want one port are both told.
 *
 * <p>{@link io.ristflow.operator.ports.PortNeeds} says what a spec needs, {@link io.ristflow.operator.ports.PortLedger} grants it. Neither knows the API server: time and refusals are arguments.
 *
 * <p>May import {@code config}, {@code naming}, {@code text} and {@code crd.v1alpha1}.
 */
package io.ristflow.operator.ports;
