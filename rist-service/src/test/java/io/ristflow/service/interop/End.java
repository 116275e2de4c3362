package io.ristflow.service.interop;

import java.util.List;

/** One end of a crossing, running: takes {@code inputUrl}, gives {@code outputUrl}. */
interface End extends AutoCloseable {
    /** What it said about itself, for the message of a failure. */
    String log();

    /** Whether it named this reason ({@code Fault.reason()}) within the time. librist has other words, so never. */
    boolean awaitReason(String reason, long timeoutMs) throws InterruptedException;

    @Override
    void close();

    /** librist's own sender or receiver. */
    static End librist(Peers release, Crossing.Side side, Crossing.Settings settings, String inputUrl, String outputUrl) {
        boolean sends = side == Crossing.Side.SENDER;
        // Profile by switch: 0.2.7 and 0.2.11 refuse URLs with a profile in them, and newer ones want both to agree.
        List<String> command = new java.util.ArrayList<>(List.of(release.tool(sends ? "ristsender" : "ristreceiver"), "-p", settings.simple() ? "0" : "1", "-v", "6", "-S", "0"));
        if (sends && settings.variant() == Crossing.Variant.NPD) command.add("-n");
        command.addAll(List.of("-i", inputUrl, "-o", outputUrl));
        Program program = new Program(command);
        return new End() {
            @Override
            public String log() {
                return program.output();
            }

            @Override
            public boolean awaitReason(String reason, long timeoutMs) {
                return false;
            }

            @Override
            public void close() {
                program.close();
            }
        };
    }
}
