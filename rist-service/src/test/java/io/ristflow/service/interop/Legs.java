package io.ristflow.service.interop;

import io.ristflow.service.demo.BadPath;
import io.ristflow.service.interop.Crossing.Settings;
import io.ristflow.service.interop.Crossing.Side;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The paths of a crossing, and the URLs that lead to them: a caller calls the paths, which lead to the listener's ports. */
final class Legs implements AutoCloseable {
    private final Settings settings;
    private final List<Integer> listenPorts = new ArrayList<>();
    private final List<Integer> callPorts = new ArrayList<>();
    private final List<BadPath> paths = new ArrayList<>();
    private final List<Tap> taps = new ArrayList<>();

    Legs(Settings settings, long seed) {
        this.settings = settings;
        Way way = settings.way();
        for (int leg = 0; leg < way.legs; leg++) {
            if (leg == 0 || !way.onePort()) listenPorts.add(Ports.evenPair());
            BadPath.Manners manners = new BadPath.Manners(way.lossShare, 1, way.delayMs, seed + leg);
            BadPath path = new BadPath(loopback(listenPorts.getLast()), settings.profiles().simple() ? 2 : 1, manners);
            // The question is the stream's recovery. librist's login does not always survive losses even with itself, so there would be nothing to compare with.
            path.lossless(settings.variant().login() && way != Way.LOSSY_LOGIN);
            paths.add(path);
            boolean tapped = !settings.profiles().simple();
            if (tapped) taps.add(new Tap(loopback(path.port())));
            if (way.upgraded()) taps.getLast().holdKeepAlives(true);
            callPorts.add(tapped ? taps.getLast().port() : path.port());
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The URLs of one end, separated by commas; {@code parameters} begin with {@code ?}. */
    String urls(Side side, String parameters) {
        List<String> urls = new ArrayList<>();
        boolean listens = settings.listens(side);
        for (int port : listens ? listenPorts : callPorts) urls.add("rist://" + (listens ? "@" : "") + "127.0.0.1:" + port + parameters);
        return String.join(",", urls);
    }

    /** The ends have met; the stream begins. */
    void begin() {
        for (BadPath path : paths) path.lossless(false);
    }

    /** A packet of the stream is about to be sent. */
    void before(int number) {
        if (number == Crossing.PACKETS / 2) for (Tap tap : taps) tap.holdKeepAlives(false);
        if (number == settings.way().silentFrom) paths.getLast().outage(true);
        if (number == settings.way().silentTo) paths.getLast().outage(false);
    }

    /** What went over each leg; empty in the Simple profile. */
    List<Tap.Seen> seen() {
        return taps.stream().map(Tap::seen).toList();
    }

    String logins() {
        return taps.stream().map(Tap::logins).collect(Collectors.joining("--- next leg\n"));
    }

    @Override
    public void close() {
        taps.forEach(Tap::close);
        paths.forEach(BadPath::close);
    }
}
