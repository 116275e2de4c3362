package io.ristflow.service.interop;

import io.ristflow.service.interop.Crossing.Ends;
import io.ristflow.service.interop.Crossing.Settings;
import io.ristflow.service.interop.Crossing.Side;
import java.util.ArrayList;
import java.util.List;

/** One end of a crossing, running. */
interface End extends AutoCloseable {
    /** What it said about itself, for the message of a failure. */
    String log();

    /** Whether it named this reason within the time: {@code Fault.reason()} of ours, words of its log if it is librist's. */
    boolean awaitReason(String reason, long timeoutMs) throws InterruptedException;

    @Override
    void close();

    /** @param place the source or sink of the plain stream */
    static End start(Ends ends, Side side, Settings settings, String place, Legs legs) {
        Peers release = side == Side.SENDER ? ends.sender() : ends.receiver();
        String parameters = parameters(release, ends.librist(), side, settings);
        String rist = legs.urls(side, parameters);
        String input = side == Side.SENDER ? place : rist;
        String output = side == Side.SENDER ? rist : place;
        return release == null ? OurEnd.start(input, output) : librist(release, side, settings, input, output);
    }

    /** Of each of its URLs. */
    private static String parameters(Peers release, Peers librist, Side side, Settings settings) {
        boolean ours = release == null;
        boolean login = settings.variant().login();
        StringBuilder parameters = new StringBuilder("?buffer=" + settings.way().bufferMs + settings.variant().parameters(side));
        if (side == Side.SENDER && settings.way().shared()) parameters.append("&weight=5");
        if (login && !settings.listens(side)) parameters.append("&username=" + Verifiers.USER + "&password=" + Verifiers.PASSWORD);
        if (!ours) return parameters.toString();
        parameters.append("&profile=" + settings.profiles().of(side));
        if (side == Side.SENDER && settings.variant() == Variant.NPD) parameters.append("&npd=1");
        if (login && settings.listens(side)) parameters.append("&srp-file=" + Verifiers.file(librist));
        if (login && librist != Peers.SID) parameters.append("&srp-compat=1");
        // Without a secret what librist's caller sends, or its listener takes, goes in the clear after the login; with 0.2.7 everything.
        boolean clear = settings.variant() == Variant.SRP && (!settings.senderListens() || librist == Peers.BOOKWORM);
        if (clear) parameters.append("&srp-clear-media=1");
        return parameters.toString();
    }

    /** librist's own sender or receiver. */
    static End librist(Peers release, Side side, Settings settings, String inputUrl, String outputUrl) {
        boolean sends = side == Side.SENDER;
        // Profile by switch: 0.2.7 and 0.2.11 refuse URLs with a profile in them, and newer ones want both to agree.
        List<String> command = new ArrayList<>(List.of(release.tool(sends ? "ristsender" : "ristreceiver"), "-p", settings.profiles().number(side), "-v", "6", "-S", "0"));
        if (sends && settings.variant() == Variant.NPD) command.add("-n");
        if (settings.variant().login() && settings.listens(side)) command.addAll(List.of("-F", Verifiers.file(release).toString()));
        command.addAll(List.of("-i", inputUrl, "-o", outputUrl));
        Program program = new Program(command);
        return new End() {
            @Override
            public String log() {
                return program.output();
            }

            @Override
            public boolean awaitReason(String reason, long timeoutMs) throws InterruptedException {
                return program.awaitOutput(reason, timeoutMs);
            }

            @Override
            public void close() {
                program.close();
            }
        };
    }
}
