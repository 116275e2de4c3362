/**
 * The keeper: RistFlow resources become pods of rist-service. Neither imports rist-service nor is imported by it: what they share is the RistFlow schema in {@code crds/} and the pods' read-only HTTP interface.
 *
 * <p>Rooms, arrows only downward: {@code reconcile} · {@code dependent} · {@code render} · {@code status ports} · {@code pods validate} · {@code naming config text} · {@code crd.v1alpha1}. Here is the door
 * ({@link io.ristflow.operator.OperatorMain}), and what keeps the operator at work: {@link io.ristflow.operator.Keeper} begins a {@link io.ristflow.operator.Term} and, if that ends, another.
 */
package io.ristflow.operator;
