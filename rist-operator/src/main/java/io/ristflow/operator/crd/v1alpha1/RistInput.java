package io.ristflow.operator.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** RIST, as receiver. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "self.paths.all(p, has(p.listen)) || self.paths.all(p, has(p.connect))", message = "one path listens and another connects; give listen to all or connect to all")
@ValidationRule(value = "self.profile != 'Auto' || self.paths.all(p, has(p.listen))", message = "profile Auto is for listeners; a path that connects needs Simple, Main or Advanced")
@ValidationRule(value = "(self.profile != 'Simple' && self.profile != 'Auto') || self.paths.all(p, (!has(p.listen) || !has(p.listen.port) || p.listen.port % 2 == 0) && (!has(p.connect) || p.connect.port % 2 == 0) && (!has(p.sourcePort) || p.sourcePort % 2 == 0))", message = "the Simple profile, and so Auto, needs even ports, as the next port carries RTCP")
@ValidationRule(value = "self.profile != 'Simple' || (!has(self.encryption) && self.paths.all(p, !has(p.encryption)))", message = "the Simple profile has no encryption; take profile Main or leave encryption out")
@ValidationRule(value = "self.profile == 'Advanced' || ((!has(self.encryption) || self.encryption.aesBits != 192) && self.paths.all(p, !has(p.encryption) || p.encryption.aesBits != 192))", message = "aesBits 192 needs the Advanced profile, as Main signals the key size in one bit")
@ValidationRule(value = "self.profile != 'Simple' || !has(self.authentication)", message = "the Simple profile has no authentication; take profile Main or leave authentication out")
@ValidationRule(value = "!self.oneWay || self.paths.all(p, has(p.listen))", message = "an input with oneWay is never heard, so it cannot connect; its paths must listen")
@ValidationRule(value = "self.profile != 'Simple' || !has(self.outOfBand)", message = "the Simple profile has no tunnel for datagrams beside the media; take profile Main or leave outOfBand out")
@ValidationRule(value = "!has(self.allowedSources) || self.paths.all(p, has(p.listen))", message = "allowedSources belongs to listeners; a path that connects knows its peer")
@ValidationRule(value = "self.dialect != 'Strict' || self.profile == 'Advanced' || self.profile == 'Auto'", message = "dialect Strict is for the Advanced profile; take profile Advanced or dialect Librist")
@ValidationRule(value = "!has(self.authentication) || !has(self.authentication.srp.usersSecretRef) || self.paths.all(p, has(p.listen))", message = "usersSecretRef belongs to a listener; a caller has credentialsSecretRef")
@ValidationRule(value = "!self.oneWay || !has(self.authentication)", message = "a login needs answers, and none come on a one-way link; leave oneWay or authentication out")
public record RistInput(
        @JsonPropertyDescription("RIST profile. Simple: TR-06-1, two ports, no encryption. Main: TR-06-2, one port, keys. Advanced: TR-06-3, and Main with peers that speak no more. Auto: a listener takes what the peer speaks.") @Default("Advanced") Profile profile,
        @JsonPropertyDescription("Librist: as librist does where it departs from the specification. Strict: the letter of the specification.") @Default("Librist") Dialect dialect,
        @JsonPropertyDescription("Puts together what the sender cut in two. Pairs: whatever can be a pair. Auto: if the peer says that it splits; not with Simple.") @Default("Disabled") MergeMode merge,
        @JsonPropertyDescription("The link has no way back: plays what comes without asking for anything or saying a word. Needs paths that listen.") @Default("false") Boolean oneWay,
        @JsonPropertyDescription("Network paths to the peer; several are bonded.") @Required @Size(min = 1, max = 8) @Schema(key = "name") List<RistPath> paths,
        @JsonPropertyDescription("How lost packets are recovered.") Recovery recovery,
        @JsonPropertyDescription("How the session with its peers is kept.") SessionSettings session,
        @JsonPropertyDescription("How lost packets are asked for.") @Default("Range") NackType nackType,
        @JsonPropertyDescription("Flows taken on one port.") @Default("256") @Min(1) @Max(256) Integer maxFlows,
        @JsonPropertyDescription("Encryption with a pre-shared key (TR-06-2, clause 7). Both ends need the same passphrase and the same aesBits.") Encryption encryption,
        @JsonPropertyDescription("Who may connect, beyond knowing the key.") Authentication authentication,
        @JsonPropertyDescription("Tell the sender how the link is (TR-06-4 Part 1), which one with source adaptation goes by.") @Default("false") Boolean linkReports,
        @JsonPropertyDescription("Datagrams beside the media (TR-06-2, clause 5.4), handed on over UDP; never repeated. Left out, none are taken or sent.") OutOfBand outOfBand,
        @JsonPropertyDescription("Networks in CIDR notation from which alone callers are taken; left out, from everywhere.") @Size(min = 1, max = 64) @Schema(item = "A network, such as 198.51.100.0/24 or 2001:db8::/32.") List<@Pattern("^[0-9a-fA-F.:]+/[0-9]{1,3}$") @Size(min = 4, max = 43) String> allowedSources) {}
