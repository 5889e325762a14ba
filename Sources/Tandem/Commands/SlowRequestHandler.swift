import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request body crawls: an idle time-out alone does not stop a client that sends one byte now and then.
final class SlowRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart

  private static let window = TimeAmount.seconds(20)
  private static let leastBytes = 20 * 1024
  private var received = 0
  private var check: Scheduled<Void>?

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: watch(context)
    case .body(let bytes): received += bytes.readableBytes
    case .end: check?.cancel()
    }
    context.fireChannelRead(data)
  }

  func channelInactive(context: ChannelHandlerContext) {
    check?.cancel()
    context.fireChannelInactive()
  }

  private func watch(_ context: ChannelHandlerContext) {
    received = 0
    let channel = context.channel
    let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
    check = context.eventLoop.scheduleTask(in: Self.window) {
      if handler.value.received < Self.leastBytes { channel.close(promise: nil) } else { handler.value.received = 0 }
    }
  }
}
