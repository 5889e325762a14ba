import NIOCore
import NIOHTTPTypes
import Synchronization
import Web

/// How many connections each address has open. One for all event loops.
final class AddressGate: Sendable {
  private let most: Int
  /// Proxies, behind which many people share an address.
  private let trusted: Networks
  private let open = Mutex<[String: Int]>([:])

  init(most: Int, trusted: Networks) {
    self.most = most
    self.trusted = trusted
  }

  /// Counts one more connection; false when the address has as many as it may.
  func enter(_ address: String) -> Bool {
    trusted.contains(address)
      || open.withLock { open in
        let count = open[Neighbourhood.of(address), default: 0]
        guard count < most else { return false }
        open[Neighbourhood.of(address)] = count + 1
        return true
      }
  }

  func leave(_ address: String) {
    guard !trusted.contains(address) else { return }
    open.withLock { open in
      guard let count = open[Neighbourhood.of(address)] else { return }
      open[Neighbourhood.of(address)] = count > 1 ? count - 1 : nil
    }
  }
}

/// Closes a connection beyond those that its address may have, before anything is read from it.
final class ConnectionsPerAddress: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart

  private let gate: AddressGate
  private var counted: String?

  init(_ gate: AddressGate) { self.gate = gate }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { count(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    count(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    if let counted { gate.leave(counted) }
    counted = nil
    context.fireChannelInactive()
  }

  private func count(_ context: ChannelHandlerContext) {
    guard counted == nil, let address = context.remoteAddress?.ipAddress else { return }
    if gate.enter(address) { counted = address } else { context.close(promise: nil) }
  }
}
