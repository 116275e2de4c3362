package io.ristflow.service.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The canonical name that peers see where the user gave none: this machine's name, a pod's in a cluster. Read from the kernel: a resolver could wait for the network. */
final class HostName {
    static final String LOCAL = read();

    private HostName() {}

    private static String read() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.US_ASCII).strip();
            return name.isEmpty() ? "ristflow" : name.substring(0, Math.min(name.length(), 64));
        } catch (IOException e) {
            return "ristflow";
        }
    }
}
