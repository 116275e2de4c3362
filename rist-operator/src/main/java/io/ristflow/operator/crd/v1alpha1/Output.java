package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where the media goes to. */
@JsonClassDescription("Where the media goes to.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "[has(self.rist), has(self.udp), has(self.rtp)].filter(x, x).size() == 1", message = "exactly one of rist, udp and rtp must be given")
public record Output(
        @JsonPropertyDescription("Name of the output, unique in the flow.") @Required @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @Size(min = 1, max = 63) String name,
        @JsonPropertyDescription("RIST, as sender.") RistOutput rist,
        @JsonPropertyDescription("Sends MPEG-TS in plain UDP datagrams.") UdpOutput udp,
        @JsonPropertyDescription("Sends RTP packets that carry MPEG-TS.") RtpOutput rtp) {}
