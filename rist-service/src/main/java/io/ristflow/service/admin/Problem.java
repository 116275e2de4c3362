package io.ristflow.service.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** RFC 9457 problem details, told as application/problem+json. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "What is wrong with a request (RFC 9457).")
public record Problem(
        @Schema(description = "The HTTP status.") int status,
        @Schema(description = "What is wrong, in short.") String title,
        @Schema(description = "What is wrong with this request, and what to do.") String detail,
        @Schema(description = "The flows that there are, where one was not found.") List<String> knownFlows) {
    static final String MEDIA_TYPE = "application/problem+json";
}
