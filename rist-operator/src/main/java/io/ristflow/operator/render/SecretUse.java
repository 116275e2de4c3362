package io.ristflow.operator.render;

import io.ristflow.operator.crd.v1alpha1.Adaptation;
import io.ristflow.operator.crd.v1alpha1.Authentication;
import io.ristflow.operator.crd.v1alpha1.Encryption;
import io.ristflow.operator.crd.v1alpha1.RistFlowSpec;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import io.ristflow.operator.crd.v1alpha1.SecretKeyRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A key of a Secret that a spec refers to.
 *
 * @param field path of the reference in the spec, such as {@code inputs[0].rist.encryption.secretRef}
 * @param name of the Secret
 * @param key in it
 * @param longest bytes that its value may have
 */
public record SecretUse(String field, String name, String key, int longest) {
    /** Of a passphrase, TR-06-2. */
    private static final int PASSPHRASE = 127;
    private static final int LOGIN = 255;
    private static final int ANY = 1 << 20;

    /** All that the spec refers to, in its order. */
    public static List<SecretUse> of(RistFlowSpec spec) {
        Collector all = new Collector();
        for (int i = 0; i < spec.inputs().size(); i++) {
            var rist = spec.inputs().get(i).rist();
            if (rist != null) all.end("inputs[" + i + "].rist", rist.encryption(), rist.authentication(), rist.paths());
        }
        for (int i = 0; i < spec.outputs().size(); i++) {
            var rist = spec.outputs().get(i).rist();
            if (rist == null) continue;
            String field = "outputs[" + i + "].rist";
            all.end(field, rist.encryption(), rist.authentication(), rist.paths());
            all.webhook(field, rist.adaptation());
        }
        return List.copyOf(all.uses);
    }

    /** Names of the Secrets, each once. */
    public static Set<String> names(RistFlowSpec spec) {
        Set<String> names = new TreeSet<>();
        of(spec).forEach(use -> names.add(use.name()));
        return names;
    }

    private static final class Collector {
        final List<SecretUse> uses = new ArrayList<>();

        void end(String field, Encryption encryption, Authentication authentication, List<RistPath> paths) {
            encryption(field, encryption);
            if (authentication != null && authentication.srp() != null) {
                var srp = authentication.srp();
                if (srp.usersSecretRef() != null) {
                    add(field + ".authentication.srp.usersSecretRef", srp.usersSecretRef().name(), srp.usersSecretRef().key(), "users", ANY);
                }
                if (srp.credentialsSecretRef() != null) {
                    String credentials = field + ".authentication.srp.credentialsSecretRef";
                    add(credentials, srp.credentialsSecretRef().name(), srp.credentialsSecretRef().username(), "username", LOGIN);
                    add(credentials, srp.credentialsSecretRef().name(), srp.credentialsSecretRef().password(), "password", LOGIN);
                }
            }
            for (int i = 0; i < paths.size(); i++) encryption(field + ".paths[" + i + "]", paths.get(i).encryption());
        }

        void webhook(String field, Adaptation adaptation) {
            if (adaptation == null || adaptation.webhook() == null || adaptation.webhook().urlSecretRef() == null) return;
            var ref = adaptation.webhook().urlSecretRef();
            add(field + ".adaptation.webhook.urlSecretRef", ref.name(), ref.key(), "url", ANY);
        }

        private void encryption(String field, Encryption encryption) {
            if (encryption == null) return;
            passphrase(field + ".encryption.secretRef", encryption.secretRef());
            passphrase(field + ".encryption.nextSecretRef", encryption.nextSecretRef());
        }

        private void passphrase(String field, SecretKeyRef ref) {
            if (ref != null) add(field, ref.name(), ref.key(), "passphrase", PASSPHRASE);
        }

        private void add(String field, String name, String key, String byDefault, int longest) {
            uses.add(new SecretUse(field, name, key == null ? byDefault : key, longest));
        }
    }
}
