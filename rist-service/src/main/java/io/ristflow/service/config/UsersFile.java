package io.ristflow.service.config;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.UrlParts;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The users of a listener, as librist's {@code ristsrppasswd} writes them, read once at the start. */
final class UsersFile {
    /** A line has about 400 bytes. */
    private static final long MAX_BYTES = 16 << 20;

    private UsersFile() {}

    /** @param name empty: there is none, and the answer is empty */
    static String read(String name) {
        if (name.isEmpty()) return "";
        String shown = UrlParts.shown(name);
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MAX_BYTES) throw new ConfigException("srp-file", shown + " has more than " + MAX_BYTES + " bytes; it should hold lines that ristsrppasswd wrote");
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException("srp-file", shown + " does not exist; write a line for each user into it: ristsrppasswd USER PASSWORD");
        } catch (CharacterCodingException e) {
            throw new ConfigException("srp-file", shown + " is no text; it should hold lines that ristsrppasswd wrote");
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("srp-file", shown + " cannot be read: " + e.getMessage());
        }
    }
}
