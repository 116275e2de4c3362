package io.ristflow.service.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The one class that touches the insides of Vert.x 4.5 and Netty 4.1; Vert.x 5 will change them. */
public final class VertxInternals {
    private VertxInternals() {}

    /** A context on the next event loop of this Vert.x, round robin. */
    public static Context newEventLoopContext(Vertx vertx) {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Whether two contexts share an event loop, hence a thread. */
    public static boolean sameLoop(Context a, Context b) {
        return eventLoop(a) == eventLoop(b);
    }

    /** Whether the caller is on the context's thread. */
    public static boolean onLoop(Context context) {
        return eventLoop(context).inEventLoop();
    }

    /** Runs on the loop as soon as it is free. */
    public static void execute(Context context, Runnable action) {
        eventLoop(context).execute(action);
    }

    /** Runs once on the loop after {@code delayNs}: finer than Vert.x' timers, whose unit is the millisecond. */
    public static void schedule(Context context, Runnable action, long delayNs) {
        eventLoop(context).schedule(action, delayNs, TimeUnit.NANOSECONDS);
    }

    static EventLoop eventLoop(Context context) {
        return ((ContextInternal) context).nettyEventLoop();
    }

    /** Calls now, on this thread, as the context; what is thrown is thrown here. */
    static <T> T callAs(Context context, Supplier<T> action) {
        var inner = (ContextInternal) context;
        ContextInternal before = inner.beginDispatch();
        try {
            return action.get();
        } finally {
            inner.endDispatch(before);
        }
    }

    /** Whether this Vert.x' sockets are epoll's. */
    static boolean isEpoll(Vertx vertx) {
        return vertx.isNativeTransportEnabled() && ((VertxInternal) vertx).transport().getClass().getSimpleName().startsWith("Epoll");
    }

    /**
     * A socket that Netty makes, binds and closes on the loop, and never reads: it is registered without interest in input, so epoll does not wake the loop for it.
     *
     * @throws Exception what bind said; the socket is closed again
     */
    static EpollDatagramChannel bindEpoll(Context context, InetSocketAddress bind, boolean ipv6, boolean reuseAddress) throws Exception {
        EventLoop loop = eventLoop(context);
        InternetProtocolFamily family = ipv6 ? InternetProtocolFamily.IPv6 : InternetProtocolFamily.IPv4;
        // Vert.x' own transport makes IPv6 sockets of either family, and one that is bound to an IPv4 group by its mapped address cannot send (EINVAL).
        var channel = new EpollDatagramChannel(family);
        channel.config().setAutoRead(false).setRecvByteBufAllocator(new NoReading()).setOption(ChannelOption.SO_REUSEADDR, reuseAddress);
        channel.pipeline().addLast(new NoErrors());
        finish(loop, loop.register(channel));
        try {
            finish(loop, channel.bind(bind));
        } catch (Exception e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** On its own loop Netty does both at once; elsewhere the loop is waited for. */
    private static void finish(EventLoop loop, ChannelFuture future) throws Exception {
        if (!loop.inEventLoop()) future.awaitUninterruptibly();
        if (future.isSuccess()) return;
        if (future.cause() instanceof Exception e) throw e;
        throw new IllegalStateException("Netty did not finish at once on its own loop", future.cause());
    }

    /** The negative error number that Netty's native code carries, made positive; 0 if this is none of those. */
    static int errno(Throwable failure) {
        return failure instanceof io.netty.channel.unix.Errors.NativeIoException e ? -e.expectedErr() : 0;
    }

    static void close(Channel channel) {
        channel.close();
    }

    /**
     * EPOLLERR (an ICMP refusal on a connected socket) cannot be masked, and Netty answers it with a read, which would take a datagram from under the port. Refusing it a
     * buffer ends that read before the system call; the error stays in the socket for the port to count.
     */
    private static final class NoReading extends DefaultMaxMessagesRecvByteBufAllocator {
        private static final IllegalStateException NOT_HERE = new IllegalStateException("the port reads for itself", null) {
            private static final long serialVersionUID = 1L;

            @Override
            public Throwable fillInStackTrace() {
                return this;
            }
        };

        @Override
        @SuppressWarnings("deprecation")
        public Handle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return 1;
                }

                @Override
                public ByteBuf allocate(ByteBufAllocator allocator) {
                    throw NOT_HERE;
                }
            };
        }
    }

    private static final class NoErrors extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // The port meets the same error at its next call and counts it there.
        }
    }
}
