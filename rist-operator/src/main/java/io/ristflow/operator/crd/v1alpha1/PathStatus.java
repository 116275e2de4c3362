package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** One path. */
@JsonClassDescription("One path.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PathStatus(
        @JsonPropertyDescription("Name of the path.") @Size(max = 1024) String name,
        @JsonPropertyDescription("Address and port of the peer.") @Size(max = 1024) String peer,
        @JsonPropertyDescription("Listening, Connecting, Connected or Silent.") @Size(max = 1024) String state,
        @JsonPropertyDescription("Round trip, milliseconds.") @Min(0) Integer rttMs,
        @JsonPropertyDescription("Bit rate, kilobits per second.") @Min(0) Integer bitrateKbps,
        @JsonPropertyDescription("Share of packets that stayed lost, percent.") @Min(0) @Max(100) Double lostPercent,
        @JsonPropertyDescription("Packets that were lost and recovered.") @Min(0) @Max(9007199254740991L) Long recoveredPackets,
        @JsonPropertyDescription("User name of the login that the peer passed; absent without one.") @Size(max = 1024) String user) {}
