/**
 * MPEG-2 transport streams (ISO/IEC 13818-1): packets, tables, clock references and continuity, and a test signal made of them. Bytes and arithmetic; of the other rooms it imports none but the
 * configuration's exception. Payloads are read with absolute gets.
 */
package io.ristflow.service.mpegts;
