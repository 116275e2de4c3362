package io.ristflow.core.crypto;

/** Which keys a peer's datagrams are read with. */
public final class ReceiveKeys {
    private PskKey current;
    private PskKey previous;
    private boolean currentConfirmed;
    private long lastNs = Long.MIN_VALUE / 2;

    public ReceiveKeys(int aesBits) {}

    public PskKey find(int nonce) {
        if (current != null && current.nonce() == nonce) return current;
        return previous != null && previous.nonce() == nonce ? previous : null;
    }

    public boolean wants(long nowNs, int nonce) {
        if (find(nonce) != null || nowNs - lastNs < 10_000_000L) return false;
        lastNs = nowNs;
        return true;
    }

    public void offer(PskKey key) {
        previous = current;
        current = key;
    }

    public void confirm(PskKey key) {
        currentConfirmed |= key == current;
    }

    public boolean confirmed(PskKey key) {
        return key == current ? currentConfirmed : key == previous;
    }

    public void failed(PskKey key) {}
}
