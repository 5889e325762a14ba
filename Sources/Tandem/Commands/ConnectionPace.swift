import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Closes connections that crawl, and answers a head that is beyond all measure.
///
/// An idle time-out alone does not stop a client that sends one byte now and then: a head must be whole within ten seconds of its first
/// byte, a body must bring a kilobyte a second, and so much of an answer must be taken.
final class ConnectionPace: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private static let headTime = TimeAmount.seconds(10)
  private static let window = TimeAmount.seconds(20)
  private static let leastBytes = 20 * 1024

  private enum Stage { case between, head, body }

  private var stage = Stage.between
  private var received = 0
  private var isAnswering = false
  private var deadline: Scheduled<Void>?
  private var answerDeadline: Scheduled<Void>?

  func handlerAdded(context: ChannelHandlerContext) {
    let pace = NIOLoopBound(self, eventLoop: context.eventLoop)
    let channel = context.channel
    // The decoder tells of a head only when it is whole, so its first byte is seen before the decoder.
    let bytes = FirstBytes { pace.value.began(on: channel) }
    try? context.pipeline.syncOperations.addHandler(bytes, position: .first)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      isAnswering = true
      stage = .body
      received = 0
      watchBody(context.channel)
    case .body(let bytes): received += bytes.readableBytes
    case .end:
      stage = .between
      deadline?.cancel()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { isAnswering = false }
    context.write(data, promise: promise)
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    answerDeadline?.cancel()
    context.fireChannelInactive()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    answerDeadline?.cancel()
    if !context.channel.isWritable { watchAnswer(context.channel) }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard case .headerOverflow? = error as? HTTPParserError, !isAnswering else { return context.fireErrorCaught(error) }
    let head = HTTPResponse(status: .init(code: 431), headerFields: [.connection: "close", .contentLength: "0"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
  }

  private func began(on channel: any Channel) {
    guard stage == .between else { return }
    stage = .head
    deadline?.cancel()
    deadline = channel.eventLoop.scheduleTask(in: Self.headTime) { channel.close(promise: nil) }
  }

  /// The idle time-out leaves alone whoever asked and does not read the answer.
  private func watchAnswer(_ channel: any Channel) {
    let pace = NIOLoopBound(self, eventLoop: channel.eventLoop)
    let before = Self.unread(channel)
    answerDeadline = channel.eventLoop.scheduleTask(in: Self.window) {
      guard before - Self.unread(channel) >= Self.leastBytes else { return channel.close(promise: nil) }
      pace.value.watchAnswer(channel)
    }
  }

  private static func unread(_ channel: any Channel) -> Int {
    (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }

  private func watchBody(_ channel: any Channel) {
    deadline?.cancel()
    let pace = NIOLoopBound(self, eventLoop: channel.eventLoop)
    deadline = channel.eventLoop.scheduleTask(in: Self.window) {
      guard pace.value.received >= Self.leastBytes else { return channel.close(promise: nil) }
      pace.value.received = 0
      pace.value.watchBody(channel)
    }
  }
}

/// Tells of bytes as they come from the wire.
private final class FirstBytes: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  private let came: () -> Void

  init(_ came: @escaping () -> Void) { self.came = came }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    came()
    context.fireChannelRead(data)
  }
}
