package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How lost packets are recovered. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "!has(self.bufferMs) || !has(self.bufferMinMs) && !has(self.bufferMaxMs)", message = "bufferMs excludes bufferMinMs and bufferMaxMs")
@ValidationRule(value = "has(self.bufferMinMs) == has(self.bufferMaxMs)", message = "bufferMinMs and bufferMaxMs go together")
@ValidationRule(value = "!has(self.bufferMinMs) || !has(self.bufferMaxMs) || self.bufferMinMs <= self.bufferMaxMs", message = "bufferMinMs must not be above bufferMaxMs")
@ValidationRule(value = "self.rttMinMs <= self.rttMaxMs", message = "rttMinMs must not be above rttMaxMs")
@ValidationRule(value = "!has(self.reorderMs) || self.reorderMs <= (has(self.bufferMaxMs) ? self.bufferMaxMs : has(self.bufferMs) ? self.bufferMs : 1000)", message = "reorderMs must not be above the recovery buffer")
public record Recovery(
        @JsonPropertyDescription("Recovery buffer, milliseconds: the delay that is spent on repeating lost packets; four to seven round trips are usual. Left out together with bufferMinMs and bufferMaxMs: 1000.") @Min(1) @Max(30000) Integer bufferMs,
        @JsonPropertyDescription("Least recovery buffer, milliseconds, of one that scales with round trip and loss; goes with bufferMaxMs.") @Min(1) @Max(30000) Integer bufferMinMs,
        @JsonPropertyDescription("Greatest recovery buffer, milliseconds; goes with bufferMinMs.") @Min(1) @Max(30000) Integer bufferMaxMs,
        @JsonPropertyDescription("How long a gap may close by itself before the packet is asked for, milliseconds. Left out: 15, or the buffer where that is less.") @Min(0) @Max(30000) Integer reorderMs,
        @JsonPropertyDescription("Least round trip that requests are paced by, milliseconds.") @Default("5") @Min(1) @Max(5000) Integer rttMinMs,
        @JsonPropertyDescription("Greatest round trip that requests are paced by, milliseconds.") @Default("500") @Min(1) @Max(5000) Integer rttMaxMs,
        @JsonPropertyDescription("How often one packet is asked for or repeated.") @Default("20") @Min(0) @Max(100) Integer maxRetries,
        @JsonPropertyDescription("Ceiling of media and repeated packets together, kilobits per second; at or below the bit rate of the media nothing can be repeated.") @Default("100000") @Min(1) @Max(10000000) Integer maxBitrateKbps,
        @JsonPropertyDescription("Ceiling of what a receiver sends back, kilobits per second; 0: none.") @Default("0") @Min(0) @Max(10000000) Integer returnBitrateKbps,
        @JsonPropertyDescription("How repeated packets are thinned out: Disabled never, Normal one per packet and round trip, Aggressive one per packet and two round trips.") @Default("Normal") CongestionControl congestionControl,
        @JsonPropertyDescription("What play-out follows: Source the sender's time stamps, Arrival the arrival of each packet, Rtc the sender's wall clock (both clocks must be synchronised).") @Default("Source") Timing timing) {}
