package io.ristflow.operator.pods;

import java.util.Map;

/**
 * One answer of a pod: what it says, and what it has counted, from which rates are made.
 *
 * @param bytes carried so far, by {@link #end} or {@link #path}; an entry is missing where the pod does not count
 */
record Sample(PodReport report, Map<String, Long> bytes) {
    static String end(boolean input, String name) {
        return (input ? "input " : "output ") + name;
    }

    static String path(boolean input, String end, String leg, String remote) {
        return end(input, end) + ' ' + leg + ' ' + remote;
    }
}
