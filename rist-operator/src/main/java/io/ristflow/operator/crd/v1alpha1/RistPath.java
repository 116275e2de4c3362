package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One network path to the peer. */
@JsonClassDescription("One network path to the peer.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.listen) != has(self.connect)", message = "exactly one of listen and connect must be given")
@ValidationRule(value = "!has(self.sourcePort) || has(self.connect)", message = "sourcePort belongs to a path that connects; a listener has listen.port")
@ValidationRule(value = "self.rttRestoreMs <= self.rttDropMs", message = "rttRestoreMs must not be above rttDropMs")
public record RistPath(
        @JsonPropertyDescription("Name of the path, unique within its list; metrics and status use it.") @Required @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @Size(min = 1, max = 63) String name,
        @JsonPropertyDescription("Waits for a peer to call.") Listen listen,
        @JsonPropertyDescription("Calls a peer.") Connect connect,
        @JsonProperty("interface") @JsonPropertyDescription("Network interface to use, such as net1; left out, the system chooses.") @Pattern("^[^/\\s]+$") @Size(min = 1, max = 15) String interfaceName,
        @JsonPropertyDescription("Fixed source port of a path that connects; left out, any.") @Min(1) @Max(65535) Integer sourcePort,
        @JsonPropertyDescription("Share of the load among bonded paths; 0 sends everything on this path too (SMPTE 2022-7). Means nothing with one path.") @Default("0") @Min(0) @Max(10000) Integer weight,
        @JsonPropertyDescription("Among bonded paths, requests for lost packets go to the one with the highest priority. Means nothing with one path.") @Default("0") @Min(0) @Max(10000) Integer priority,
        @JsonPropertyDescription("An output's bonded path whose smoothed round trip is longer is muted, milliseconds; 0 mutes none.") @Default("0") @Min(0) @Max(10000) Integer rttDropMs,
        @JsonPropertyDescription("Below this round trip a muted path comes back, milliseconds; 0 is 80 % of rttDropMs.") @Default("0") @Min(0) @Max(10000) Integer rttRestoreMs,
        @JsonPropertyDescription("How long the round trip must be above rttDropMs, and half as long as it must be below rttRestoreMs, milliseconds.") @Default("2000") @Min(0) @Max(60000) Integer rttDropSettleMs,
        @JsonPropertyDescription("Of so many packets one goes out on a muted path as well; 0 sends none.") @Default("100") @Min(0) @Max(10000) Integer rttDropTrickle,
        @JsonPropertyDescription("A pre-shared key of this path's own; left out, that of all paths.") Encryption encryption,
        @JsonPropertyDescription("Multus network attachment that carries this path: its name, or namespace/name.") @Pattern("^([a-z0-9]([-a-z0-9]*[a-z0-9])?/)?[a-z0-9]([-.a-z0-9]*[a-z0-9])?$") @Size(min = 1, max = 253) String network) {}
