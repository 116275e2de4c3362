package io.ristflow.operator.validate;

/** A user's text in a message. */
final class Texts {
    private static final int LONGEST = 60;

    private Texts() {}

    /** Quoted unless it is a plain word, short, on one line. */
    static String shown(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        StringBuilder out = new StringBuilder();
        boolean plain = !cut.isEmpty();
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            plain &= c > ' ' && c < 0x7F && c != '"';
            out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return plain ? out.toString() : "\"" + out + "\"";
    }
}
