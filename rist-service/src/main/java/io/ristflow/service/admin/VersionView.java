package io.ristflow.service.admin;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "Version", description = "What is running.")
public record VersionView(
        @Schema(description = "Name of the program.") String name,
        @Schema(description = "Version of the program.") String version,
        @Schema(description = "Version of the Java runtime.") String java,
        @Schema(description = "Operating system and processor.") String platform,
        @Schema(description = "native if datagrams go through the kernel's batched calls, else portable.") String transport,
        @Schema(description = "Why the transport is as it is; empty if there is nothing to say.") String transportReason) {}
