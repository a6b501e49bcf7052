// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;

/** Keeps gRPC from binding a socket that listens already. */
final class BoundChannel extends ChannelOutboundHandlerAdapter {
    @Override
    public void bind(ChannelHandlerContext context, SocketAddress address, ChannelPromise promise) {
        promise.setSuccess();
        context.pipeline().fireChannelActive();
    }
}
