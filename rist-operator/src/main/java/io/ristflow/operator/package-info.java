/**
 * The keeper: RistFlow resources become pods of rist-service. Neither imports rist-service nor is imported by it: what they share is the RistFlow schema in {@code crds/} and the pods' read-only HTTP interface.
 *
 * <p>Rooms, arrows only downward: {@code reconcile} · {@code dependent} · {@code status pods render ports validate} · {@code naming config} · {@code crd.v1alpha1}.
 */
package io.ristflow.operator;
