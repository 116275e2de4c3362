package io.ristflow.service.media;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.Endpoint;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes inputs and outputs of endpoints. Opening may read or create files (up to 10 MB are read of an input file), so it is not for an
 * event loop that already serves flows; the sockets are opened by the {@link PortOpener}, which knows the loop. What was opened belongs to
 * the flow's loop.
 */
public final class MediaFactory {
    private final PortOpener ports;
    private final ThreadFactory threads;

    /**
     * @param threads for the readers and writers of files and pipes, one each; daemon threads, as a read of standard input may never return
     */
    public MediaFactory(PortOpener ports, ThreadFactory threads) {
        this.ports = ports;
        this.threads = threads;
    }

    /** With daemon threads of its own. */
    public MediaFactory(PortOpener ports) {
        this(ports, Thread.ofPlatform().daemon().name("media-", 0).factory());
    }

    /**
     * @throws ConfigException one line that names what is wrong with the endpoint
     * @throws IllegalArgumentException for RIST endpoints, which are not media, and outputs
     */
    public MediaInput openInput(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Udp udp -> UdpInput.open(udp, ports);
            case Endpoint.File file -> FileInput.open(file, threads);
            case Endpoint.Pipe pipe -> new PipeInput(pipe.url(), new FileInputStream(FileDescriptor.in).getChannel(), threads);
            case Endpoint.TestSignal test -> new TestSignalInput(test, ThreadLocalRandom.current().nextInt());
            case Endpoint.Check check -> throw new ConfigException("input", check.url() + " is an output only; use test: for a test signal");
            case Endpoint.Null nothing -> throw new ConfigException("input", nothing.url() + " gives nothing; use test: for a test signal");
            case Endpoint.RistInput rist -> throw new IllegalArgumentException(rist.url() + " is a session, not media");
            case Endpoint.RistOutput rist -> throw new IllegalArgumentException(rist.url() + " is a session, not media");
        };
    }

    /**
     * @throws ConfigException one line that names what is wrong with the endpoint
     * @throws IllegalArgumentException for RIST endpoints, which are not media
     */
    public MediaOutput openOutput(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Udp udp -> UdpOutput.open(udp, ports, ThreadLocalRandom.current().nextInt());
            case Endpoint.File file -> StreamOutput.toFile(file, threads);
            case Endpoint.Pipe pipe -> StreamOutput.toPipe(pipe.url(), new FileOutputStream(FileDescriptor.out).getChannel(), pipe.flowId(), threads);
            case Endpoint.Null nothing -> new NullOutput(nothing.url());
            case Endpoint.Check check -> new StreamChecker(check.url());
            case Endpoint.TestSignal test -> throw new ConfigException("output", test.url() + " is an input only; use null: to discard what comes");
            case Endpoint.RistInput rist -> throw new IllegalArgumentException(rist.url() + " is a session, not media");
            case Endpoint.RistOutput rist -> throw new IllegalArgumentException(rist.url() + " is a session, not media");
        };
    }
}
