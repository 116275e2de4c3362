package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** RIST, as sender. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "self.paths.all(p, has(p.listen)) || self.paths.all(p, has(p.connect))", message = "one path listens and another connects; give listen to all or connect to all")
@ValidationRule(value = "self.profile != 'Auto' || self.paths.all(p, has(p.listen))", message = "profile Auto is for listeners; a path that connects needs Simple, Main or Advanced")
@ValidationRule(value = "(self.profile != 'Simple' && self.profile != 'Auto') || self.paths.all(p, (!has(p.listen) || !has(p.listen.port) || p.listen.port % 2 == 0) && (!has(p.connect) || p.connect.port % 2 == 0) && (!has(p.sourcePort) || p.sourcePort % 2 == 0))", message = "the Simple profile, and so Auto, needs even ports, as the next port carries RTCP")
@ValidationRule(value = "self.profile != 'Simple' || (!has(self.encryption) && self.paths.all(p, !has(p.encryption)))", message = "the Simple profile has no encryption; take profile Main or leave encryption out")
@ValidationRule(value = "self.profile == 'Advanced' || ((!has(self.encryption) || self.encryption.aesBits != 192) && self.paths.all(p, !has(p.encryption) || p.encryption.aesBits != 192))", message = "aesBits 192 needs the Advanced profile, as Main signals the key size in one bit")
@ValidationRule(value = "self.profile != 'Simple' || !has(self.authentication)", message = "the Simple profile has no authentication; take profile Main or leave authentication out")
@ValidationRule(value = "!self.oneWay || self.paths.all(p, has(p.connect))", message = "an output with oneWay hears nobody, so nobody can call it; its paths must connect")
@ValidationRule(value = "!self.reflector || self.paths.all(p, has(p.listen))", message = "reflector belongs to listeners; a path that connects has one peer")
@ValidationRule(value = "self.profile != 'Simple' || !has(self.outOfBand)", message = "the Simple profile has no tunnel for datagrams beside the media; take profile Main or leave outOfBand out")
@ValidationRule(value = "self.dialect != 'Strict' || self.profile == 'Advanced' || self.profile == 'Auto'", message = "dialect Strict is for the Advanced profile; take profile Advanced or dialect Librist")
@ValidationRule(value = "!self.compression || self.profile == 'Advanced' || self.profile == 'Auto'", message = "only the Advanced profile has compression; take profile Advanced or leave compression out")
@ValidationRule(value = "!self.nullPacketDeletion || self.profile == 'Simple' || self.profile == 'Main'", message = "the Advanced profile has no nullPacketDeletion (TR-06-3); take profile Main, or compression in its place")
@ValidationRule(value = "!has(self.authentication) || !has(self.authentication.srp.usersSecretRef) || self.paths.all(p, has(p.listen))", message = "usersSecretRef belongs to a listener; a caller has credentialsSecretRef")
@ValidationRule(value = "!self.oneWay || !has(self.authentication)", message = "a login needs answers, and none come on a one-way link; leave oneWay or authentication out")
public record RistOutput(
        @JsonPropertyDescription("RIST profile. Simple: TR-06-1, two ports, no encryption. Main: TR-06-2, one port, keys. Advanced: TR-06-3, and Main with peers that speak no more. Auto: a listener takes what the peer speaks.") @Default("Advanced") Profile profile,
        @JsonPropertyDescription("Librist: as librist does where it departs from the specification. Strict: the letter of the specification.") @Default("Librist") Dialect dialect,
        @JsonPropertyDescription("Cuts every payload in two packets, so that two paths carry one payload between them. Auto: between transport packets. Half: in the middle.") @Default("Disabled") SplitMode split,
        @JsonPropertyDescription("Payloads are compressed by LZ4 for receivers of the Advanced profile that say they expand them.") @Default("false") Boolean compression,
        @JsonPropertyDescription("The link has no way back: sends at once and listens to nobody. Needs paths that connect.") @Default("false") Boolean oneWay,
        @JsonPropertyDescription("For many callers at once: nothing is kept for callers that are not there yet. Needs paths that listen.") @Default("false") Boolean reflector,
        @JsonPropertyDescription("Network paths to the peer; several are bonded.") @Required @Size(min = 1, max = 8) @Schema(key = "name") List<RistPath> paths,
        @JsonPropertyDescription("How lost packets are recovered.") Recovery recovery,
        @JsonPropertyDescription("How the session with its peers is kept.") SessionSettings session,
        @JsonPropertyDescription("SSRC of the media, an even number. Left out: drawn at random.") @Min(2) @Max(4294967294L)
                @ValidationRule(value = "self % 2 == 0", message = "odd; the low bit marks retransmissions, take an even number")
                Long flowId,
        @JsonPropertyDescription("Takes null packets out on the way (TR-06-2, clause 8); the receiver puts them back. Simple and Main.") @Default("false") Boolean nullPacketDeletion,
        @JsonPropertyDescription("Sends before the peer has shown itself, instead of keeping the media until then.") @Default("false") Boolean fastStart,
        @JsonPropertyDescription("Encryption with a pre-shared key (TR-06-2, clause 7). Both ends need the same passphrase and the same aesBits.") Encryption encryption,
        @JsonPropertyDescription("Who may connect, beyond knowing the key.") Authentication authentication,
        @JsonPropertyDescription("Source adaptation (TR-06-4 Part 1): what the encoder in front should send, by what the receivers report of the link.") Adaptation adaptation,
        @JsonPropertyDescription("Datagrams beside the media (TR-06-2, clause 5.4), handed on over UDP; never repeated. Left out, none are taken or sent.") OutOfBand outOfBand) {}
