package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where the media comes from. */
@JsonClassDescription("Where the media comes from.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "[has(self.rist), has(self.udp), has(self.rtp), has(self.testSignal)].filter(x, x).size() == 1", message = "exactly one of rist, udp, rtp and testSignal must be given")
public record Input(
        @JsonPropertyDescription("Name of the input, unique in the flow.") @Required @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @Size(min = 1, max = 63) String name,
        @JsonPropertyDescription("RIST, as receiver.") RistInput rist,
        @JsonPropertyDescription("Receives MPEG-TS in plain UDP datagrams.") UdpInput udp,
        @JsonPropertyDescription("Receives RTP packets that carry MPEG-TS.") RtpInput rtp,
        @JsonPropertyDescription("A built-in MPEG-TS test signal.") TestSignal testSignal) {}
