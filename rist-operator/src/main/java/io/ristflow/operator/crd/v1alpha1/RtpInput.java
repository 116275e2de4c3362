package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Receives RTP packets that carry MPEG-TS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RtpInput(
        @JsonPropertyDescription("Address to bind; a multicast group is joined; left out, every address.") @Size(min = 1, max = 253) String host,
        @JsonPropertyDescription("UDP port to bind.") @Required @Min(1) @Max(65535) Integer port,
        @JsonPropertyDescription("Time to live of multicast packets sent; left out, the system chooses (1).") @Min(1) @Max(255) Integer ttl,
        @JsonProperty("interface") @JsonPropertyDescription("Network interface to use, such as net1; left out, the system chooses.") @Pattern("^[^/\\s]+$") @Size(min = 1, max = 15) String interfaceName,
        @JsonPropertyDescription("RTP payload type; 33 is MPEG-TS (RFC 3551).") @Default("33") @Min(0) @Max(127) Integer payloadType) {}
