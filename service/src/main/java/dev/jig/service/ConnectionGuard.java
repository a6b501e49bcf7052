// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Log;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** Looks at connections before anything is read from them: refuses those that are too many, and notes who is at the other end. */
@Sharable
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
    private final int most;
    private final Log log;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionGuard(int most, Log log) {
        this.most = most;
        this.log = log;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof Channel connection) {
            if (open.incrementAndGet() > most) {
                open.decrementAndGet();
                connection.unsafe().closeForcibly();
                return;
            }
            connection.closeFuture().addListener(ignored -> open.decrementAndGet());
            note(connection);
        }
        super.channelRead(context, message);
    }

    private void note(Channel connection) {
        if (!(connection instanceof NioDomainSocketChannel)) {
            log.debug("connection from " + connection.remoteAddress());
            return;
        }
        UnixDomainPrincipal peer =
                connection.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
        if (peer != null) {
            log.info("connection of user \"" + peer.user().getName() + "\", group \""
                    + peer.group().getName() + "\"");
        }
    }

    /** Connections right now. */
    int open() {
        return open.get();
    }
}
