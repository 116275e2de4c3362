package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.ristflow.core.config.AdaptationConfig;
import java.net.InetSocketAddress;
import java.net.URI;

/** What goes beside the media in a manifest: an encoder's target rate and out-of-band datagrams. */
final class ManifestSides {
    private final ManifestKeys secrets;
    private final Places places;

    ManifestSides(ManifestKeys secrets, Places places) {
        this.secrets = secrets;
        this.places = places;
    }

    /** Null for a node that is missing. */
    static AdaptationConfig adaptation(JsonNode node) {
        if (node.isMissingNode()) return null;
        int max = node.get("maxKbps").asInt();
        return node.has("minKbps") ? new AdaptationConfig(node.get("minKbps").asInt(), max) : AdaptationConfig.upTo(max);
    }

    URI webhook(JsonNode node, String path) {
        if (node.has("url")) return WebhookUrl.parse(path + ".url", node.get("url").asText());
        return WebhookUrl.parse(path + ".urlSecretRef", secrets.value(path + ".urlSecretRef", node.get("urlSecretRef")).strip());
    }

    Endpoint.OutOfBand outOfBand(JsonNode node, String path) {
        InetSocketAddress to = null;
        InetSocketAddress from = null;
        if (node.has("forwardTo")) {
            JsonNode end = node.get("forwardTo");
            to = places.remote(path + ".forwardTo.host", ManifestFlow.host(end, path + ".forwardTo.host"), end.get("port").asInt());
        }
        if (node.has("listen")) {
            JsonNode end = node.get("listen");
            String host = end.has("host") ? ManifestFlow.host(end, path + ".listen.host") : "127.0.0.1";
            from = places.bind(path + ".listen.host", host, end.get("port").asInt());
        }
        return new Endpoint.OutOfBand(to, from, SidePlaces.etherType(path + ".etherType", node.get("etherType").asText()));
    }
}
