/**
 * What a spec becomes: the document that the pod reads, the pod itself, the URL that a peer is given. Pure functions, the same text for the same spec.
 *
 * <p>A Secret is named and mounted, its value is nowhere in here. May import {@code ports}, {@code naming}, {@code text}, {@code config} and {@code crd.v1alpha1}.
 */
package io.ristflow.operator.render;
