package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** Datagrams beside the media (TR-06-2, clause 5.4), handed on over UDP; never repeated. Left out, none are taken or sent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.forwardTo) || has(self.listen)", message = "forwardTo, listen or both must be given")
public record OutOfBand(
        @JsonPropertyDescription("Where datagrams of the peer go.") Destination forwardTo,
        @JsonPropertyDescription("Where datagrams come in that go to the peer.") OutOfBandListen listen,
        @JsonPropertyDescription("What the datagrams are called in the tunnel, both ways; 2048 (0x0800) is the only one that librist takes. RIST's own are refused.") @Default("2048") @Min(1536) @Max(65535)
                @ValidationRule(value = "!(self in [34958, 34997, 34998, 52448])", message = "RIST's own; take 2048 (0x0800) or one that is in nobody's use")
                Integer etherType) {}
