/**
 * The tunnel of TR-06-2: GRE over UDP, the VSF header, and the control messages inside. Each class has one check ({@code length}, {@code fits},
 * {@code valid}); its readers may be called after that check alone.
 */
package io.ristflow.core.codec.gre;
