/**
 * The operator and its chart on a real Kubernetes, with librist's sender outside it. {@code RIST_CLUSTER} names the script that starts and stops its components ({@code up}, {@code load DIR NAME:TAG},
 * {@code stop NAME}, {@code start NAME}), {@code KUBECONFIG} its configuration, {@code RIST_PEERS} librist's tools; without them these tests do not run, and {@code ./rist test} says so loudly.
 *
 * <p>Once a run the images are assembled and loaded and the chart is installed ({@link io.ristflow.operator.cluster.Installation}); each class has a namespace of its own
 * ({@link io.ristflow.operator.cluster.Flows}). Waiting is watching: no test sleeps for what the API tells. What a pod sends comes to {@link io.ristflow.operator.cluster.StreamCheck} on this machine.
 */
package io.ristflow.operator.cluster;
