package io.ristflow.service.config;

import java.util.List;
import java.util.Map;

/**
 * What a change of each field of a RistFlow takes, while the flow runs: the table of what is live. Whatever it does not name, nor anything above it, needs a restart.
 *
 * <p>A field inherits from the nearest one above it that is named.
 */
final class LiveFields {
    enum Effect {
        /** The field means nothing to the process. */
        NOTHING,
        /** The output is taken out and put in anew; of the flow's others nobody notices. */
        OUTPUT,
        /** The path of a bond is taken out and put in anew, where another one carries on. */
        PATH,
        /** The weight of an output's path. */
        WEIGHT,
        /** One of the two passphrases is another one. */
        KEYS,
        /** Which of the two is in force. */
        IN_FORCE,
        /** Who may call. */
        SOURCES,
        RESTART
    }

    static final Map<String, Effect> TABLE = Map.ofEntries(
            Map.entry("exposure", Effect.NOTHING),
            Map.entry("placement", Effect.NOTHING),
            Map.entry("maintenance", Effect.NOTHING),
            Map.entry("pod", Effect.NOTHING),
            Map.entry("inputs[].rist.paths[]", Effect.PATH),
            // A receiver's paths have no weight
            Map.entry("inputs[].rist.paths[].weight", Effect.NOTHING),
            Map.entry("inputs[].rist.paths[].network", Effect.NOTHING),
            // Muting is a sender's
            Map.entry("inputs[].rist.paths[].rttDropMs", Effect.NOTHING),
            Map.entry("inputs[].rist.paths[].rttRestoreMs", Effect.NOTHING),
            Map.entry("inputs[].rist.paths[].rttDropSettleMs", Effect.NOTHING),
            Map.entry("inputs[].rist.paths[].rttDropTrickle", Effect.NOTHING),
            Map.entry("inputs[].rist.allowedSources", Effect.SOURCES),
            Map.entry("outputs[]", Effect.OUTPUT),
            Map.entry("outputs[].rist.paths[]", Effect.PATH),
            Map.entry("outputs[].rist.paths[].weight", Effect.WEIGHT),
            Map.entry("outputs[].rist.paths[].network", Effect.NOTHING),
            // A sender's paths have no priority
            Map.entry("outputs[].rist.paths[].priority", Effect.NOTHING),
            Map.entry("inputs[].rist.encryption.secretRef", Effect.KEYS),
            Map.entry("inputs[].rist.encryption.nextSecretRef", Effect.KEYS),
            Map.entry("inputs[].rist.encryption.inForce", Effect.IN_FORCE),
            Map.entry("inputs[].rist.paths[].encryption.secretRef", Effect.KEYS),
            Map.entry("inputs[].rist.paths[].encryption.nextSecretRef", Effect.KEYS),
            Map.entry("inputs[].rist.paths[].encryption.inForce", Effect.IN_FORCE),
            Map.entry("outputs[].rist.encryption.secretRef", Effect.KEYS),
            Map.entry("outputs[].rist.encryption.nextSecretRef", Effect.KEYS),
            Map.entry("outputs[].rist.encryption.inForce", Effect.IN_FORCE),
            Map.entry("outputs[].rist.paths[].encryption.secretRef", Effect.KEYS),
            Map.entry("outputs[].rist.paths[].encryption.nextSecretRef", Effect.KEYS),
            Map.entry("outputs[].rist.paths[].encryption.inForce", Effect.IN_FORCE));

    private LiveFields() {}

    static Effect of(Place place) {
        List<Place.Step> steps = place.steps();
        for (int count = steps.size(); count > 0; count--) {
            Effect effect = TABLE.get(place.upTo(count).pattern());
            if (effect != null) return effect;
        }
        return Effect.RESTART;
    }
}
