package io.ristflow.service.admin;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import io.ristflow.service.config.FlowSpec;
import io.ristflow.service.config.FlowSpecs;
import io.ristflow.service.config.Resolver;
import io.ristflow.service.net.PortException;
import io.ristflow.service.observe.Sampler;
import io.ristflow.service.runtime.FlowControl;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Outputs that come and go while a flow runs. Only where the process was started for it ({@code --http-control}), and never to or from this machine's files: whoever reaches the port may send media
 * somewhere, not write disks.
 */
@Path("/api/v1/flows/{flow}/outputs")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Outputs", description = "Outputs that come and go while a flow runs; only with --http-control.")
public class OutputsResource {
    /** What to add. */
    @Schema(name = "NewOutput", description = "An output to add.")
    public record NewOutput(
            @Schema(description = "Its name, unique among the flow's outputs: 1..63 lower-case letters, digits and hyphens.", required = true) String name,
            @Schema(description = "Where the media goes to: rist://, udp:// or rtp://, with their parameters.", required = true) String url) {}

    private final FlowControl control;
    private final Flows flows;
    private final Sampler sampler;
    private final boolean allowed;

    @Inject
    public OutputsResource(FlowControl control, Flows flows, Sampler sampler, @ConfigProperty(name = "ristflow.http.control") boolean allowed) {
        this.control = control;
        this.flows = flows;
        this.sampler = sampler;
        this.allowed = allowed;
    }

    @POST
    @Operation(operationId = "addOutput", summary = "Add an output to a running flow")
    @APIResponse(responseCode = "201", description = "It takes part; the flow as it is now.", content = @Content(schema = @Schema(implementation = FlowView.class)))
    @APIResponse(responseCode = "400", description = "The output cannot be read.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "403", description = "HTTP is read-only here.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "404", description = "No flow of that name.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "409", description = "The flow cannot have it: its name or its port is taken.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response add(@Parameter(description = "Name of the flow.") @PathParam("flow") String flow, NewOutput output) {
        checkAllowed();
        Problems.flow(flows, flow);
        FlowSpec.Named named = read(output);
        try {
            control.addOutput(flow, named);
        } catch (ConfigException | PortException e) {
            throw Problems.of(409, "Not possible", e.getMessage());
        }
        FlowSnapshot now = Problems.flow(flows, flow);
        return Response.status(201).entity(FlowViews.of(now, sampler.interval(flow).orElse(null))).build();
    }

    @DELETE
    @Path("/{output}")
    @Operation(operationId = "removeOutput", summary = "Take an output out of a running flow", description = "Answers when its peers have had what they may still ask for, after 2 s at most, and it is closed.")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "403", description = "HTTP is read-only here.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "404", description = "No flow, or no output, of that name.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "409", description = "It is the only output, or the flow does not run.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Consumes(MediaType.WILDCARD)
    public void remove(@Parameter(description = "Name of the flow.") @PathParam("flow") String flow, @Parameter(description = "Name of the output.") @PathParam("output") String output) {
        checkAllowed();
        FlowSnapshot now = Problems.flow(flows, flow);
        boolean removed;
        try {
            removed = control.removeOutput(flow, output);
        } catch (ConfigException e) {
            throw Problems.of(409, "Not possible", e.getMessage());
        }
        if (!removed) {
            throw Problems.of(404, "Output not found", "flow " + flow + " has no output named \"" + output + "\"; there are " + String.join(", ", now.outputs().stream().map(FlowSnapshot.OutputView::name).toList()));
        }
    }

    private void checkAllowed() {
        if (!allowed) throw Problems.of(403, "Read-only", "HTTP is read-only here; start the process with --http-control to add and remove outputs");
    }

    private static FlowSpec.Named read(NewOutput output) {
        if (output == null || output.name() == null || output.url() == null) throw Problems.of(400, "Output not understood", "name and url are wanted: {\"name\": \"affiliate\", \"url\": \"rist://b.example:6000\"}");
        try {
            FlowSpecs.checkName("name", output.name());
            Endpoint endpoint = FlowSpecs.output(output.url(), Resolver.SYSTEM);
            if (endpoint instanceof Endpoint.File || endpoint instanceof Endpoint.Pipe) {
                throw Problems.of(400, "Output not understood", "url: files and pipes of this machine are not written for whoever asks by HTTP; take rist://, udp:// or rtp://");
            }
            return new FlowSpec.Named(output.name(), endpoint);
        } catch (ConfigException e) {
            throw Problems.of(400, "Output not understood", e.getMessage());
        }
    }
}
