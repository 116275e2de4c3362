/**
 * What may be done to a payload between the flow and its header: lossless compression (TR-06-3 §5.2.3). No allocation per packet; garbage is an answer of -1.
 */
package io.ristflow.core.codec.payload;
