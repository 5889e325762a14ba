import Hummingbird
import NIOCore

/// What Hummingbird keeps per request, and the address it came from.
public struct AppContext: RequestContext {
  public var coreContext: CoreRequestContextStorage
  let peer: String

  public init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? "local"
  }
}
