package io.ristflow.core.codec.advanced;

/**
 * The flow id field (TR-06-3 §5.2.4, Figure 4), which tells flows of one SSRC apart.
 *
 * <pre>
 * |         outer flow id         |     inner flow id     | sub id|
 * </pre>
 *
 * DEVIATION(librist): the outer id is the virtual destination port, the inner one the lower twelve bits of the virtual source port.
 */
public final class FlowId {
    private FlowId() {}

    /** @param outer 16 bits @param inner 12 bits @param sub 4 bits */
    public static int of(int outer, int inner, int sub) {
        return outer << 16 | (inner & 0xFFF) << 4 | sub & 0x0F;
    }

    /** 0..65535. */
    public static int outer(int flowId) {
        return flowId >>> 16;
    }

    /** 0..4095. */
    public static int inner(int flowId) {
        return flowId >>> 4 & 0xFFF;
    }

    /** 0..15. */
    public static int sub(int flowId) {
        return flowId & 0x0F;
    }
}
