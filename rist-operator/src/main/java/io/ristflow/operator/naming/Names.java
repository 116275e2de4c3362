package io.ristflow.operator.naming;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of what a flow is made of. All children of one flow have one name, which is the flow's own wherever that can be the name of a Service: lower case letters, digits and dashes, a letter first,
 * at most {@value #LONGEST}. Any other name is made into one, with a hash of the whole, so that no two flows of a namespace meet.
 */
public final class Names {
    /** Leaves room for a suffix within the 63 of a label. */
    static final int LONGEST = 52;
    /** Key of the ConfigMap, and name of the file, that holds the resolved document. */
    public static final String DOCUMENT_KEY = "flow.yaml";
    /** Field manager of all that the operator applies. */
    public static final String FIELD_MANAGER = "ristflow-operator";
    /** The container that carries the media. */
    public static final String CONTAINER = "media";
    /** The container's port of health, metrics and REST. */
    public static final String HTTP_PORT = "http";
    /** Its number, where the pod has a network of its own. */
    public static final int HTTP_PORT_NUMBER = 8080;

    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final int HASH = 8;

    private Names() {}

    /** ConfigMap, Service, Deployment or StatefulSet, ServiceAccount, NetworkPolicy, PodDisruptionBudget and the value of the label {@link Labels#FLOW} of the flow called {@code flow}. */
    public static String child(String flow) {
        if (flow.length() <= LONGEST && SERVICE_NAME.matcher(flow).matches()) return flow;
        return fitted(flow, LONGEST, "rf");
    }

    /** The Service without address that a ServiceMonitor goes by. */
    public static String metrics(String flow) {
        return child(flow) + "-metrics";
    }

    /** Volume that a Secret is mounted from. */
    public static String secretVolume(String secret) {
        String volume = "secret-" + secret;
        return volume.length() <= 63 && LABEL.matcher(volume).matches() ? volume : fitted(volume, 63, "secret");
    }

    /** Port of a Service: {@code end} is the input's or output's name; the RTCP port of a pair has a suffix. */
    public static String servicePort(String side, String end, String path, boolean rtcp) {
        String suffix = rtcp ? "-rtcp" : "";
        String name = side + "-" + end + "-" + path;
        return (name.length() + suffix.length() <= 63 ? name : fitted(name, 63 - suffix.length(), side)) + suffix;
    }

    /** A label's name of at most {@code longest}: what can be kept of {@code name}, and its hash. */
    private static String fitted(String name, int longest, String start) {
        String kept = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        if (kept.isEmpty() || !Character.isLetter(kept.charAt(0))) kept = start + "-" + kept;
        int room = longest - HASH - 1;
        if (kept.length() > room) kept = kept.substring(0, room);
        return kept.replaceAll("-+$", "") + "-" + hash(name).substring(0, HASH);
    }

    /** SHA-256 in hexadecimal digits; for telling things apart, not for keeping them secret. */
    public static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
