package io.ristflow.operator.crd.v1alpha1;

/** Words as the resource spells them. */
public enum Timing {
    Source,
    Arrival,
    Rtc
}
