package io.ristflow.service;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.ristflow.service.cli.CommandLineInterface;

/** The process: reads the command line, and boots the host only when everything on it is good. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLineInterface(System.out, System.err, QuarkusLaunch::new).execute(args));
    }
}
