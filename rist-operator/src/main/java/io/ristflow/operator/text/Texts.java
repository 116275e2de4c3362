package io.ristflow.operator.text;

/** Somebody's text in a message. */
public final class Texts {
    private static final int LONGEST = 60;

    private Texts() {}

    /** Lines become one, a space between them; null: the empty text. */
    public static String oneLine(String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Quoted unless it is a plain word, short, on one line. */
    public static String shown(String text) {
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
