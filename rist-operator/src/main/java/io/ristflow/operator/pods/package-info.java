/**
 * What running media pods say of themselves, over their read-only HTTP interface: {@code GET /api/v1/flows} and {@code GET /api/v1/document}. Nothing is ever
 * written to a pod.
 *
 * <p>{@link io.ristflow.operator.pods.PodReports} is an event source of the reconciler: it asks each running pod on threads of its own, holds the latest
 * {@link io.ristflow.operator.pods.PodReport} and wakes the reconciler only if something changed that a status shows. A pod that does not answer is no error
 * here, it is a report that says so.
 *
 * <p>May import {@code naming}, {@code config} and {@code crd.v1alpha1}.
 */
package io.ristflow.operator.pods;
