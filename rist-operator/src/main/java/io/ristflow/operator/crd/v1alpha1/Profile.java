package io.ristflow.operator.crd.v1alpha1;

/** Words as the resource spells them. */
public enum Profile {
    Simple,
    Main,
    Advanced,
    Auto
}
