package io.ristflow.core.session;

import io.ristflow.core.auth.AuthRules;
import io.ristflow.core.auth.Authenticatee;
import io.ristflow.core.auth.Authenticator;
import io.ristflow.core.auth.Lockout;
import io.ristflow.core.auth.UserDirectory;
import io.ristflow.core.auth.VerifierFile;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.SrpConfig;
import io.ristflow.core.crypto.Passphrase;
import java.util.random.RandomGenerator;

/**
 * What the logins of a leg have in common: rules, users, and who failed how often.
 *
 * @param caller null for a listener
 * @param listener null for a caller
 * @param clearMedia see {@link SrpConfig}
 */
record Doorkeeper(Authenticatee.Settings caller, Authenticator.Settings listener, boolean clearMedia) {
    /**
     * @param own what is sent under whoever logs in; null: K
     * @throws ConfigException for a mistake in the users' lines
     */
    static Doorkeeper of(SrpConfig config, boolean calls, Passphrase own, RandomGenerator random) {
        AuthRules rules = config.compat() ? AuthRules.COMPAT : AuthRules.LIBRIST;
        if (calls) return new Doorkeeper(new Authenticatee.Settings(rules, config.user(), config.password(), own, true), null, config.clearMedia());
        UserDirectory users = config.users().isEmpty() ? UserDirectory.of(config.user(), config.password(), random) : file(config.users());
        return new Doorkeeper(null, new Authenticator.Settings(rules, users, new Lockout(), own, true, false), config.clearMedia());
    }

    private static UserDirectory file(String users) {
        VerifierFile.Parsed parsed = VerifierFile.parse(users);
        if (parsed.file() != null) return parsed.file();
        VerifierFile.Mistake first = parsed.mistakes().getFirst();
        throw new ConfigException("srp-file", "line " + first.line() + ": " + first.text());
    }
}
