package io.ristflow.service.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What has become of the documents as {@code /api/v1} shows it. Names stay as they are within v1; fields may be added. */
@Schema(name = "Document", description = "What has become of the documents that this process was given.")
public record DocumentView(@Schema(description = "One for each flow.") List<FlowDocumentView> flows) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FlowDocument", description = "One flow's document, and how far it is in force.")
    public record FlowDocumentView(
            @Schema(description = "Name of the flow.") String name,
            @Schema(description = "Generation of the resource that the document was made from, of its annotation ristflow.io/generation; absent if it has none.") Long generation,
            @Schema(description = "InForce; RestartNeeded: what could be changed while the flow runs is, the rest is in restartNeeded; Refused: what was in force before still is.") String state,
            @Schema(description = "Fields that will be in force after a restart, by their paths: inputs[0].rist.profile.") List<String> restartNeeded,
            @Schema(description = "Why it was refused, one line that names the field; else empty.") String message) {}
}
