package io.ristflow.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ristflow.operator.status.Reasons;
import io.ristflow.operator.status.Trouble;
import io.ristflow.operator.text.Texts;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the API server said to children that it would not take. Pure.
 *
 * @param troubles for the flow's status
 * @param takenNodePorts ports that somebody outside this operator has; others may do
 * @param away the API server did not answer: nothing can be told, all is to be tried again; null if it did
 */
record ChildFailures(List<Trouble> troubles, List<Integer> takenNodePorts, RuntimeException away) {
    private static final Pattern TAKEN = Pattern.compile("nodePort: Invalid value: (\\d+): provided port is already allocated");

    /** @param failed by the child's name in the workflow */
    static ChildFailures of(Map<String, Exception> failed) {
        List<Trouble> troubles = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        RuntimeException away = null;
        for (Map.Entry<String, Exception> child : new TreeMap<>(failed).entrySet()) {
            KubernetesClientException refusal = refusal(child.getValue());
            if (refusal == null || refusal.getCode() <= 0) {
                away = child.getValue() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(child.getValue());
                continue;
            }
            Matcher ports = TAKEN.matcher(String.valueOf(refusal.getMessage()));
            boolean ofPorts = false;
            while (ports.find()) {
                taken.add(Integer.valueOf(ports.group(1)));
                ofPorts = true;
            }
            if (!ofPorts) troubles.add(new Trouble(Reasons.CHILD_REFUSED, message(child.getKey(), refusal)));
        }
        return new ChildFailures(List.copyOf(troubles), List.copyOf(taken), away);
    }

    /** What the API server, or the way to it, said; null if it is something else that went wrong. */
    static KubernetesClientException refusal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refusal) return refusal;
        }
        return null;
    }

    private static String message(String child, KubernetesClientException refusal) {
        String said = Texts.oneLine(refusal.getStatus() != null && refusal.getStatus().getMessage() != null ? refusal.getStatus().getMessage() : refusal.getMessage());
        if (refusal.getCode() == HttpURLConnection.HTTP_CONFLICT) return "the flow's " + child + " cannot be made, as something of its name is there that belongs to somebody else; delete or rename either (" + said + ")";
        return "the API server refuses the flow's " + child + ": " + said;
    }
}
