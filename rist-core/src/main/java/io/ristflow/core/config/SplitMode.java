package io.ristflow.core.config;

/** Whether a sender cuts every payload in two, so that two paths carry one between them. librist's {@code split}. */
public enum SplitMode {
    OFF,
    /** Between two transport packets where the payload is made of such, else in the middle. */
    AUTO,
    /** In the middle. */
    HALF
}
