package io.ristflow.operator.ports;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports from {@code first} to {@code last}, both included. */
public record PortRange(int first, int last) {
    private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,5})\\s*-\\s*(\\d{1,5})\\s*");

    /**
     * @param setting name of the setting, for the message
     * @throws IllegalArgumentException names setting, value and form
     */
    public static PortRange parse(String setting, String value) {
        Matcher form = FORM.matcher(value);
        if (form.matches()) {
            int first = Integer.parseInt(form.group(1));
            int last = Integer.parseInt(form.group(2));
            if (first >= 1 && last <= 65535 && first <= last) return new PortRange(first, last);
        }
        throw new IllegalArgumentException(setting + " " + value + " is not a range of ports; write FIRST-LAST, both within 1..65535 and FIRST not above LAST, such as 30000-30999");
    }

    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    public int size() {
        return last - first + 1;
    }

    /** Null where they do not meet. */
    PortRange within(PortRange other) {
        int from = Math.max(first, other.first);
        int to = Math.min(last, other.last);
        return from <= to ? new PortRange(from, to) : null;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
