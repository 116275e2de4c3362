package io.ristflow.operator.render;

import io.ristflow.operator.crd.v1alpha1.Encryption;
import io.ristflow.operator.crd.v1alpha1.Profile;
import io.ristflow.operator.crd.v1alpha1.RistPath;
import java.util.Locale;

/** The URL that a peer calls a listener by: as librist and {@code ./rist} take it, to be completed by the secret that both know and this text never holds. */
public final class PeerUrl {
    private PeerUrl() {}

    /** @param shared key of all paths; the path's own goes before it */
    public static String of(String address, int port, Profile profile, Encryption shared, RistPath path) {
        StringBuilder url = new StringBuilder("rist://").append(host(address)).append(':').append(port);
        char before = '?';
        // A listener that takes every profile leaves the choice to its caller.
        if (profile != Profile.Auto) {
            url.append(before).append("profile=").append((profile == null ? Profile.Advanced : profile).name().toLowerCase(Locale.ROOT));
            before = '&';
        }
        Encryption encryption = path.encryption() != null ? path.encryption() : shared;
        if (encryption != null) url.append(before).append("aes-type=").append(encryption.aesBits() == null ? 256 : encryption.aesBits());
        return url.toString();
    }

    private static String host(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }
}
