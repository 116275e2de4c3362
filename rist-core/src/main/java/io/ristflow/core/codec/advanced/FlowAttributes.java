package io.ristflow.core.codec.advanced;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The flow attribute message (TR-06-3 §5.3.7, Figure 13; §5.4): JSON that describes the flows of the tunnel. A rare message, carried as text.
 *
 * <pre>
 * |                         JSON (UTF-8)                        ...
 * </pre>
 */
public final class FlowAttributes {
    /** A peer's text beyond is cut: §5.4.1 wants it to fit an MTU. */
    public static final int MAX_BYTES = 4_096;

    private FlowAttributes() {}

    /** A peer's text of {@code length} bytes. §5.3.7: with or without its zero byte. */
    public static String read(ByteBuffer b, int off, int length) {
        byte[] text = new byte[Math.min(length, MAX_BYTES)];
        b.get(off, text);
        int end = text.length;
        while (end > 0 && text[end - 1] == 0) end--;
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    /** Writes text and returns the message's length. DEVIATION(librist): it ends its text without a zero byte; readers take either. */
    public static int write(ByteBuffer b, int off, String json, boolean terminated) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        b.put(off, text);
        if (terminated) b.put(off + text.length, (byte) 0);
        return text.length + (terminated ? 1 : 0);
    }

    /** The object that librist sends once a second. */
    public static String librist(String cname, int virtDstPort, int innerFlowId) {
        return "{\"session\":" + quoted(cname) + ",\"virt_dst_port\":" + virtDstPort + ",\"profile\":\"advanced\",\"flow_id\":" + virtDstPort + ",\"flow_inner\":" + innerFlowId + "}";
    }

    /**
     * §5.4.1, §5.4.3: one session with one flow of one sub-flow, whose numbers are numbers, as in the schema (the example has them in quotes).
     *
     * @param versionUnixNs when the description last changed
     * @param format its payload format descriptor
     */
    public static String strict(String sessionId, long versionUnixNs, String name, int innerFlowId, int subId, int format) {
        String version = versionUnixNs / 1_000_000_000L + ":" + versionUnixNs % 1_000_000_000L;
        return "{\"sessions\":[{\"version\":\"" + version + "\",\"sid\":" + quoted(sessionId) + ",\"flows\":[{\"fid\":" + innerFlowId + ",\"name\":" + quoted(name)
                + ",\"subflows\":[{\"id\":" + subId + ",\"fmt_des\":" + Integer.toUnsignedString(format) + "}]}]}]}";
    }

    /** RFC 8259 §7. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < 0x20) out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            else out.append(c);
        }
        return out.append('"').toString();
    }
}
