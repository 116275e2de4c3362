package io.ristflow.service.net;

/**
 * Cumulative counts of one port.
 *
 * @param receiveBufferBytes what the kernel granted; {@code receiveBufferWantedBytes} what was asked for (a shortfall means net.core.rmem_max is too small)
 * @param kernelDrops datagrams that the kernel dropped as the receive buffer was full, where it tells (SO_RXQ_OVFL or /proc/net/udp), else 0
 * @param unknownSources datagrams dropped as no more addresses could be interned
 */
public record PortStats(
        long receivedDatagrams, long receivedBytes, long sentDatagrams, long sentBytes, long sendDropped, long sendErrors, long receiveCalls, long sendCalls,
        long kernelDrops, long unknownSources, int receiveBufferBytes, int receiveBufferWantedBytes, int sendBufferBytes, int sendBufferWantedBytes) {}
