package io.ristflow.operator.crd.v1alpha1;

/** Words as the resource spells them. */
public enum InForce {
    Secret,
    NextSecret
}
