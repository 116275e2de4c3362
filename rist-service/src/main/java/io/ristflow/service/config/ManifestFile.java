package io.ristflow.service.config;

import io.ristflow.core.config.UrlParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file of RistFlow manifests, to be read once or to be looked at again and again. One thread. */
public final class ManifestFile {
    private final Path file;
    private final Path secretsDir;
    private final Resolver resolver;
    private byte[] lastRead;

    /** @param file {@code -} for standard input; {@code secretsDirOrNull} holds {@code <name>/<key>} */
    public ManifestFile(Path file, Path secretsDirOrNull, Resolver resolver) {
        this.file = file;
        this.secretsDir = secretsDirOrNull;
        this.resolver = resolver;
    }

    /** @throws io.ristflow.core.config.ConfigException in one line, what is wrong with it */
    public Manifests.Manifest read() {
        lastRead = content();
        return parse(lastRead);
    }

    /** What {@link #read} had before it; null if it was not called. */
    public byte[] lastRead() {
        return lastRead;
    }

    /** @throws io.ristflow.core.config.ConfigException if it cannot be read */
    public byte[] content() {
        return isStandardInput() ? Manifests.bytes(shown(), System.in) : Manifests.bytes(shown(), file);
    }

    /** @throws io.ristflow.core.config.ConfigException in one line, what is wrong with it */
    public Manifests.Manifest parse(byte[] content) {
        return Manifests.parse(shown(), content, secretsDir, resolver);
    }

    /** The generations that a content tells of, by flow, also where it is refused. */
    public Map<String, Long> generations(byte[] content) {
        return Manifests.generations(content);
    }

    /** What these files of Secrets hold now, to be compared; one that cannot be read is as one that is empty. */
    public static byte[] contents(List<Path> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Path each : files) {
            byte[] content;
            try {
                content = Files.readAllBytes(each);
            } catch (IOException e) {
                content = new byte[0];
            }
            all.writeBytes((content.length + ":").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(content);
        }
        return all.toByteArray();
    }

    private boolean isStandardInput() {
        return file.toString().equals("-");
    }

    /** As messages call it. */
    public String shown() {
        return isStandardInput() ? "standard input" : UrlParts.shown(file.toString());
    }
}
