package io.ristflow.service.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** librist's tools, in the releases that Debian carries. */
enum Peers {
    SID("sid", "0.2.20"),
    TRIXIE("trixie", "0.2.11"),
    BOOKWORM("bookworm", "0.2.7");

    final String folder;
    final String version;

    Peers(String folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /** The program's path; only where {@link #missing()} is empty. */
    String tool(String name) {
        return home().resolve(folder).resolve(name).toString();
    }

    /** What is not there of what the tests start; empty if all is. */
    static List<String> missing() {
        if (System.getenv("RIST_PEERS") == null || System.getenv("RIST_PEERS").isBlank()) return List.of("RIST_PEERS is not set");
        List<String> missing = new ArrayList<>();
        for (Peers release : values()) {
            for (String tool : new String[] {"ristsender", "ristreceiver", "ristsrppasswd"}) {
                Path path = home().resolve(release.folder).resolve(tool);
                if (!Files.isExecutable(path)) missing.add("no " + release.folder + "/" + tool + " under RIST_PEERS");
            }
        }
        return missing;
    }

    private static Path home() {
        return Path.of(System.getenv("RIST_PEERS"));
    }
}
