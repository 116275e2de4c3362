package io.ristflow.service.media;

import io.ristflow.service.mpegts.TestSignal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Keeps copies of payloads. */
final class Collected implements MediaInput.Consumer {
    final List<byte[]> payloads = new ArrayList<>();

    @Override
    public void onPayload(long cameNs, ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        payloads.add(copy);
    }

    byte[] joined() {
        var all = new ByteArrayOutputStream();
        payloads.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Polls in steps of 1 ms of the clock that the input sees, until it is enough; at most 10 s of real time. */
    long pollUntil(MediaInput input, long fromNs, BooleanSupplier enough) throws InterruptedException {
        long nowNs = fromNs;
        for (long deadline = System.nanoTime() + 10_000_000_000L; !enough.getAsBoolean(); nowNs += 1_000_000) {
            if (System.nanoTime() > deadline) throw new AssertionError("not enough came within 10 s: " + payloads.size() + " payloads, " + input.stats());
            if (input.poll(nowNs, this) == 0) Thread.sleep(1);
        }
        return nowNs;
    }

    /** Datagrams of the test signal. */
    static Collected signal(int datagrams, int packetBytes, double nullShare) {
        var signal = new TestSignal(10_000_000, packetBytes, nullShare, 1);
        var collected = new Collected();
        for (int i = 0; i < datagrams; i++) collected.onPayload(i, signal.next(i));
        return collected;
    }
}
