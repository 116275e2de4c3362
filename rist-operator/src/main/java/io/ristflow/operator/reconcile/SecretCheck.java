package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.ristflow.operator.render.SecretUse;
import io.ristflow.operator.status.Reasons;
import io.ristflow.operator.status.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether the Secrets that a spec refers to are there and can be used. Pure.
 *
 * @param troubles one for each reference that cannot be used, each naming field, Secret and key; empty: all can
 * @param versions of the Secrets that are there, by name: another text whenever one of them changed
 */
record SecretCheck(List<Trouble> troubles, SortedMap<String, String> versions) {
    /** @param secrets by name; null for one that is not there */
    static SecretCheck of(List<SecretUse> uses, Function<String, Secret> secrets) {
        List<Trouble> troubles = new ArrayList<>();
        TreeMap<String, String> versions = new TreeMap<>();
        for (SecretUse use : uses) {
            Secret secret = secrets.apply(use.name());
            if (secret == null) {
                troubles.add(new Trouble(Reasons.SECRET_MISSING, "spec.%s: Secret %s does not exist; make it, with the key %s".formatted(use.field(), use.name(), use.key())));
                continue;
            }
            versions.put(use.name(), secret.getMetadata().getUid() + "/" + secret.getMetadata().getResourceVersion());
            Integer bytes = SecretShape.bytes(secret, use.key());
            if (bytes == null) {
                troubles.add(new Trouble(Reasons.SECRET_KEY_MISSING, "spec.%s: Secret %s has no key %s%s".formatted(use.field(), use.name(), use.key(), keys(secret))));
            } else if (bytes < 1 || bytes > use.longest()) {
                troubles.add(new Trouble(Reasons.SECRET_INVALID, "spec.%s: the value of key %s in Secret %s has %d bytes; 1..%d are allowed".formatted(use.field(), use.key(), use.name(), bytes, use.longest())));
            }
        }
        return new SecretCheck(List.copyOf(troubles), versions);
    }

    /** Names of Secrets that were there before and are another version now. */
    List<String> changedSince(Map<String, String> before) {
        return versions.keySet().stream().filter(name -> before.containsKey(name) && !before.get(name).equals(versions.get(name))).toList();
    }

    private static String keys(Secret secret) {
        if (secret.getData() == null || secret.getData().isEmpty()) return "; it is empty";
        return "; it has " + String.join(", ", secret.getData().keySet());
    }
}
