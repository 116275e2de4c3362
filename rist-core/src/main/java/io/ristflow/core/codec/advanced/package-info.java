/**
 * The Advanced profile's tunnel packets (TR-06-3 §5): {@link io.ristflow.core.codec.advanced.AdvancedHeader} in front of everything, and behind it a payload, a Main packet
 * (Type 8) or one control message in the envelope of {@link io.ristflow.core.codec.advanced.ControlMessage}. Readers may be called after the class's own check alone
 * ({@code clearLength}, {@code bodyLength}, {@code fits}); what carries text is a rare message and allocates.
 */
package io.ristflow.core.codec.advanced;
