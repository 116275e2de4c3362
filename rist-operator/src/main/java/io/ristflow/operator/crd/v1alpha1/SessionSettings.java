package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** How the session with its peers is kept. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionSettings(
        @JsonPropertyDescription("Name that peers are told (SDES), at most 127 bytes. Left out: the host's.") @Size(min = 1, max = 127) String cname,
        @JsonPropertyDescription("Silence after which a peer is gone, milliseconds; never less than twice the recovery buffer.") @Default("2000") @Min(400) @Max(600000) Integer timeoutMs,
        @JsonPropertyDescription("Between keep-alives of the tunnel, milliseconds.") @Default("1000") @Min(100) @Max(10000) Integer keepaliveIntervalMs,
        @JsonPropertyDescription("Destination port in the tunnel's reduced header, and outer flow id of the Advanced profile.") @Default("1968") @Min(1) @Max(65534) Integer virtDstPort) {}
