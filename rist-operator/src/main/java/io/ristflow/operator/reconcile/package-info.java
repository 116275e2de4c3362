/**
 * From a RistFlow to what it needs, and back to its status. {@link io.ristflow.operator.reconcile.RistFlowReconciler} holds the list of children and little else; what is decided is decided in pure
 * functions around it: which Secrets are missing, what a new pod is needed for, whether a pod has to be nudged.
 *
 * <p>Imports every other room.
 */
package io.ristflow.operator.reconcile;
