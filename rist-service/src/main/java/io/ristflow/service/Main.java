package io.ristflow.service;

import io.ristflow.service.runtime.Launch;
import java.util.ServiceLoader;

/** The process: reads the command line, and boots the host only when everything on it is good. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = new CommandLineInterface(System.out, System.err, () -> ServiceLoader.load(Launch.class).findFirst().orElseThrow(() -> new IllegalStateException("this build has no host in it"))).execute(args);
        if (status != Launch.OK) System.exit(status);
    }
}
