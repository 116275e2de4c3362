package io.ristflow.service.admin;

import io.ristflow.service.runtime.DocumentBoard;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/document")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Document", description = "Whether the flows are as their documents say.")
public class DocumentResource {
    private final DocumentBoard board;

    @Inject
    public DocumentResource(DocumentBoard board) {
        this.board = board;
    }

    @GET
    @Operation(operationId = "getDocument", summary = "What has become of the documents", description = "With --follow, of the file as it is now; else of what the process was started with.")
    public DocumentView document() {
        return new DocumentView(board.entries().stream()
                .map(e -> new DocumentView.FlowDocumentView(e.flow(), e.generation(), e.state().word(), e.restartNeeded(), e.message()))
                .toList());
    }
}
