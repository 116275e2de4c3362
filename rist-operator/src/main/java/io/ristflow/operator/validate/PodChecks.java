package io.ristflow.operator.validate;

import io.fabric8.kubernetes.api.model.Quantity;
import io.ristflow.operator.crd.v1alpha1.PodSettings;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.text.Texts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What an API server would refuse in the pod or in the Service that the spec is turned into. */
final class PodChecks {
    private static final Set<String> NATIVE = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final List<Violation> found;

    PodChecks(List<Violation> found) {
        this.found = found;
    }

    void check(RistFlowSpec spec) {
        if (spec.exposure() != null) keys(spec.exposure().annotations(), "spec.exposure.annotations");
        PodSettings pod = spec.pod();
        if (pod == null) return;
        keys(pod.annotations(), "spec.pod.annotations");
        keys(pod.nodeSelector(), "spec.pod.nodeSelector");
        if (pod.nodeSelector() != null) pod.nodeSelector().forEach(this::labelValue);
        if (pod.resources() == null) return;
        quantities(pod.resources().requests(), "spec.pod.resources.requests");
        quantities(pod.resources().limits(), "spec.pod.resources.limits");
        requestsWithinLimits(pod.resources().requests(), pod.resources().limits());
    }

    private void keys(Map<String, String> map, String place) {
        if (map == null) return;
        for (String key : map.keySet()) {
            if (!qualified(key)) found.add(new Violation(place + "[" + key + "]", Texts.shown(key) + " is not a key: [prefix/]name, the name 1..63 letters, digits, hyphens, dots and underscores, the prefix a DNS name"));
        }
    }

    private void labelValue(String key, String value) {
        if (!value.isEmpty() && !NAME.matcher(value).matches()) {
            found.add(new Violation("spec.pod.nodeSelector[" + key + "]", Texts.shown(value) + " is not a label's value: 0..63 letters, digits, hyphens, dots and underscores"));
        }
    }

    private void quantities(Map<String, Quantity> quantities, String place) {
        if (quantities == null) return;
        quantities.forEach((name, quantity) -> {
            String at = place + "[" + name + "]";
            if (!resource(name)) found.add(new Violation(at, Texts.shown(name) + " is not a resource: cpu, memory, ephemeral-storage, hugepages-SIZE or domain/name"));
            BigDecimal amount = amount(quantity);
            if (amount == null || amount.signum() < 0) found.add(new Violation(at, Texts.shown(text(quantity)) + " is not a quantity such as 2, 500m or 256Mi"));
        });
    }

    private void requestsWithinLimits(Map<String, Quantity> requests, Map<String, Quantity> limits) {
        if (requests == null || limits == null) return;
        requests.forEach((name, request) -> {
            BigDecimal wanted = amount(request);
            BigDecimal most = limits.containsKey(name) ? amount(limits.get(name)) : null;
            if (wanted != null && most != null && wanted.compareTo(most) > 0) {
                found.add(new Violation("spec.pod.resources.requests[" + name + "]", text(request) + " is above the limit of " + text(limits.get(name)) + "; lower the one or raise the other"));
            }
        });
    }

    private static boolean resource(String name) {
        return NATIVE.contains(name) || name.startsWith("hugepages-") || name.indexOf('/') > 0 && qualified(name);
    }

    private static boolean qualified(String key) {
        int slash = key.indexOf('/');
        return NAME.matcher(key.substring(slash + 1)).matches() && (slash < 0 || PREFIX.matcher(key.substring(0, slash)).matches());
    }

    /** Null for none. */
    private static BigDecimal amount(Quantity quantity) {
        try {
            return Quantity.getAmountInBytes(quantity);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return null;
        }
    }

    private static String text(Quantity quantity) {
        return quantity.getAmount() + (quantity.getFormat() == null ? "" : quantity.getFormat());
    }
}
