package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** A built-in MPEG-TS test signal. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TestSignal(
        @JsonPropertyDescription("Bit rate, kilobits per second.") @Default("10000") @Min(50) @Max(1000000) Integer bitrateKbps,
        @JsonPropertyDescription("Bytes in a packet, a multiple of 188.") @Default("1316") @Min(188) @Max(1316) @Schema(multipleOf = 188) Integer packetBytes,
        @JsonPropertyDescription("Share of null packets, percent.") @Default("0") @Min(0) @Max(95) Integer nullPercent) {}
