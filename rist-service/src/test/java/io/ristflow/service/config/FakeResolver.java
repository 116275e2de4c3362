package io.ristflow.service.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A machine with two interfaces and a name server that knows one name. */
final class FakeResolver implements Resolver {
    @Override
    public InetAddress lookUp(String host) throws UnknownHostException {
        if (host.equals("b.example")) return InetAddress.ofLiteral("192.0.2.7");
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            throw new UnknownHostException(host);
        }
    }

    @Override
    public List<String> interfaces() {
        return List.of("lo", "eth0");
    }
}
