package io.ristflow.operator.status;

import io.ristflow.operator.crd.v1alpha1.Encryption;
import io.ristflow.operator.crd.v1alpha1.SecretKeyRef;
import io.ristflow.operator.pods.PodReport;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the service says of a fault, in the words of the resource: the service speaks of URL parameters on this side, which a manifest has none of. The peer's
 * side stays in parameters, it may be librist.
 */
final class FaultTexts {
    private static final Pattern AES_SIZES = Pattern.compile("^the peer encrypts with AES-(\\d+), \\S+ \\S+ with AES-(\\d+)");
    private static final Pattern PROFILE_HERE = Pattern.compile("profile=([a-z])([a-z]*) here");

    private record Rewording(Pattern said, String written) {
        Rewording(String said, String written) {
            this(Pattern.compile(said), written);
        }
    }

    private static final List<Rewording> WORDS = List.of(
            new Rewording("aes-type=(\\d+) here", "encryption.aesBits: $1 here"),
            new Rewording("a secret is set here", "encryption is set here"),
            new Rewording("no secret is set here; set the peer's secret here, or take it out there",
                    "there is no encryption here; set encryption.secretRef here to a Secret with the peer's passphrase, or take the secret out at the peer"),
            new Rewording("set the same secret at the peer, or take it out here", "set the same passphrase as secret at the peer, or take encryption out here"),
            new Rewording("set the same secret on both sides", "set the same passphrase on both sides"),
            new Rewording("set it here too, beside the present one \\(secret-odd\\) or in its place",
                    "set it here too, as encryption.nextSecretRef beside the present one or in the present one's Secret"),
            new Rewording("set username and password there, or take srp-file, username and password out here",
                    "set username and password there, or take authentication out here"),
            new Rewording("there is none here; set username and password", "there is none here; set authentication.srp.credentialsSecretRef"),
            new Rewording("or take username and password out here", "or take authentication out here"),
            new Rewording("srp-clear-media=1", "authentication.srp.clearMedia: true"),
            new Rewording("max-flows=(\\d+)", "maxFlows: $1"),
            new Rewording("raise max-flows", "raise maxFlows"),
            new Rewording("session-timeout", "session.timeoutMs"));

    private FaultTexts() {}

    /** @param encryption that of the path or of the end; null: in the clear */
    static String text(PodReport.Fault fault, boolean input, Encryption encryption) {
        String detail = fault.detail();
        Matcher sizes = AES_SIZES.matcher(detail);
        if (sizes.find()) {
            String theirs = sizes.group(1);
            String ours = sizes.group(2);
            return "the peer encrypts with AES-" + theirs + ", this flow with AES-" + ours
                    + "; set aes-type=" + ours + " at the " + (input ? "sender" : "receiver") + " or encryption.aesBits: " + theirs + " here";
        }
        SecretKeyRef ref = encryption == null ? null : encryption.secretRef();
        String secret = ref == null ? "secret" : "passphrase (Secret " + ref.name() + ", key " + ref.key() + ")";
        String text = detail.replace("this side's secret", "this flow's " + secret);
        Matcher profile = PROFILE_HERE.matcher(text);
        text = profile.replaceAll(m -> "profile: " + m.group(1).toUpperCase(Locale.ROOT) + m.group(2) + " here");
        return words(text);
    }

    /** Names of URL parameters on this side become names of fields. */
    static String words(String said) {
        String text = said;
        for (Rewording each : WORDS) text = each.said().matcher(text).replaceAll(each.written());
        return text;
    }
}
