/** The protocol: bytes in, bytes out. {@link io.ristflow.core.Rist} is the only door. */
package io.ristflow.core;
