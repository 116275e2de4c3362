package io.ristflow.service.admin;

import io.ristflow.core.api.Parity;
import io.ristflow.core.config.ConfigException;
import io.ristflow.service.runtime.FlowControl;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The keys of a flow, and the change from one passphrase to the other. */
@Path("/api/v1/flows/{name}/keys")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Keys", description = "What a flow's RIST ends encrypt under; changed only with --http-control.")
public class KeysResource {
    @Schema(name = "PassphraseSwitch", description = "What to change to. Both fields may be left out.")
    public record Switch(
            @Schema(description = "even or odd; left out, the one that is not in force.") String passphrase,
            @Schema(description = "The input or output that changes; left out, every one of the flow that has two passphrases.") String endpoint) {}

    private final Flows flows;
    private final FlowControl control;
    private final boolean allowed;

    @Inject
    public KeysResource(Flows flows, FlowControl control, @ConfigProperty(name = "ristflow.http.control") boolean allowed) {
        this.flows = flows;
        this.control = control;
        this.allowed = allowed;
    }

    @GET
    @Operation(operationId = "listKeys", summary = "A flow's keys, without the secrets")
    @APIResponse(responseCode = "404", description = "No flow of that name.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<FlowView.KeyView> list(@Parameter(description = "Name of the flow.") @PathParam("name") String name) {
        FlowSnapshot snapshot = Problems.flow(flows, name);
        List<FlowSnapshot.KeyView> keys = new ArrayList<>();
        for (FlowSnapshot.InputView input : snapshot.inputs()) if (input.rist() != null) keys.addAll(input.rist().keys());
        for (FlowSnapshot.OutputView output : snapshot.outputs()) if (output.rist() != null) keys.addAll(output.rist().keys());
        return FlowViews.keys(keys);
    }

    @POST
    @Path("/switch")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "switchPassphrase", summary = "Change to the other passphrase",
            description = "Of ends with two passphrases (TR-06-2, clause 7.4). The next key is derived, its nonce announced to the peers, and a second after that it takes over; no packet is lost. Peers must hold"
                    + " the other passphrase by then. A receiver follows its sender by itself.")
    @APIResponse(responseCode = "202", description = "Under way; the keys concerned.", content = @Content(schema = @Schema(implementation = FlowView.KeyView[].class)))
    @APIResponse(responseCode = "400", description = "No such passphrase.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "403", description = "HTTP is read-only here.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "404", description = "No flow of that name.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "409", description = "There are no two passphrases.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response change(@Parameter(description = "Name of the flow.") @PathParam("name") String name, Switch wanted) {
        if (!allowed) throw Problems.of(403, "Read-only", "HTTP is read-only here; start the process with --http-control to change passphrases");
        // A body, so that a page of another site in somebody's browser cannot ask for it without being asked back (CORS)
        if (wanted == null) throw Problems.of(400, "What to change to is missing", "a JSON object is wanted: {\"passphrase\": \"odd\"}, or {} for the one that is not in force");
        Problems.flow(flows, name);
        List<FlowSnapshot.KeyView> keys;
        try {
            keys = control.usePassphrase(name, wanted.endpoint(), parity(wanted.passphrase()));
        } catch (ConfigException e) {
            // Drained since
            throw Problems.of(404, "Flow not found", e.getMessage());
        }
        if (keys.isEmpty()) {
            String who = wanted.endpoint() == null ? "no input or output of flow " + name : "flow " + name + " has no RIST input or output \"" + wanted.endpoint() + "\" that";
            throw Problems.of(409, "No second passphrase", who + " has two passphrases; set secret-odd, or nextSecretRef in a manifest");
        }
        return Response.accepted(FlowViews.keys(keys)).build();
    }

    private static Parity parity(String word) {
        if (word == null) return null;
        for (Parity each : Parity.values()) if (each.word().equals(word)) return each;
        throw Problems.of(400, "No such passphrase", "passphrase: not one of even, odd");
    }
}
