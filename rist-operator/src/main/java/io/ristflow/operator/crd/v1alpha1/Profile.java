package io.ristflow.operator.crd.v1alpha1;

/** Words as the resource spells them. */
public enum Profile {
    Simple,
    Main,
    Advanced,
    Auto;

    /** Simple's RTCP has the port after its media's; who takes every profile needs both. False for null, which is none of RIST. */
    public static boolean takesTwoPorts(Profile profile) {
        return profile == Simple || profile == Auto;
    }
}
