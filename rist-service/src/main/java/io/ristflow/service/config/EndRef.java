package io.ristflow.service.config;

/** An input or an output of a flow: an input may be called as an output is. */
public record EndRef(Side side, String name) {
    public enum Side {
        INPUT, OUTPUT
    }

    public static EndRef input(String name) {
        return new EndRef(Side.INPUT, name);
    }

    public static EndRef output(String name) {
        return new EndRef(Side.OUTPUT, name);
    }

    /** As messages and logs call it. */
    @Override
    public String toString() {
        return side == Side.INPUT ? "input " + name : "output " + name;
    }
}
