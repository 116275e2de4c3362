/**
 * What a flow is made of: one class per child, each a pure {@code wanted(plan)} and nothing else. {@link io.ristflow.operator.dependent.Child} compares it with what is there and applies it on the
 * server's side only if it differs; nothing is written at rest. Children are owned by their flow and go with it, without a finalizer.
 *
 * <p>May import {@code render}, {@code ports}, {@code naming}, {@code config} and {@code crd.v1alpha1}.
 */
package io.ristflow.operator.dependent;
