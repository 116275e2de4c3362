package io.ristflow.service.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** RFC 9457 problem details, told as application/problem+json. */
@Schema(name = "Problem", description = "What is wrong with a request (RFC 9457).")
public record Problem(
        @Schema(description = "The HTTP status.") int status,
        @Schema(description = "What is wrong, in short.") String title,
        @Schema(description = "What is wrong with this request, and what to do.") String detail,
        @Schema(description = "The flows that there are.") List<String> knownFlows) {
    static final String MEDIA_TYPE = "application/problem+json";
}
