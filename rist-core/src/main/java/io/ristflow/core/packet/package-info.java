/**
 * The narrow waist between the profiles and the flow: a media packet with wide numbers and no profile left in it, and ranges of missing
 * packets. Imports {@code base} only. Objects here are carriers that their owner reuses; none may be kept beyond the call that passes it.
 */
package io.ristflow.core.packet;
