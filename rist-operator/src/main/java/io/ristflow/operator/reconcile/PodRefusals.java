package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Why a StatefulSet has no pod: unlike a Deployment it has no condition for that, and tells it in an event alone. */
final class PodRefusals {
    private static final String FAILED = "FailedCreate";
    /** {@code create Pod a-0 in StatefulSet a failed error: pods "a-0" is forbidden: …} */
    private static final String MARK = " failed error: ";

    private PodRefusals() {}

    /**
     * Asks the API server.
     *
     * @param since what was said earlier is of no interest, as there has been a pod meanwhile; null: there has been none
     * @return what the API server said to the last attempt; null if none failed
     */
    static String ask(KubernetesClient client, StatefulSet set, Instant since) {
        return of(client.v1().events().inNamespace(set.getMetadata().getNamespace()).withField("involvedObject.uid", set.getMetadata().getUid()).withField("reason", FAILED).list().getItems(), since);
    }

    static String of(List<Event> events, Instant since) {
        return events.stream().filter(event -> FAILED.equals(event.getReason()) && event.getMessage() != null && event.getLastTimestamp() != null)
                .filter(event -> since == null || Instant.parse(event.getLastTimestamp()).isAfter(since))
                .max(Comparator.comparing(event -> Instant.parse(event.getLastTimestamp())))
                .map(event -> event.getMessage().substring(event.getMessage().contains(MARK) ? event.getMessage().indexOf(MARK) + MARK.length() : 0)).orElse(null);
    }
}
