import Hummingbird
import NIOCore

/// What Hummingbird keeps per request, and the address it came from.
public struct AppContext: RequestContext {
  public var coreContext: CoreRequestContextStorage
  let peer: String
  /// False in tests that ask without a connection.
  let isConnected: Bool

  public init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? "local"
    isConnected = source.channel.remoteAddress != nil
  }
}
