import CCurl
import Dispatch
import Foundation
import Synchronization

extension Fetcher {
  /// Asks through libcurl, a few at once. Every address that a connection is opened to is checked at that moment, so that neither a
  /// redirect nor a name that changes its address leads into the own network.
  ///
  /// - Parameter allowsPrivate: whether own networks, plain http and other ports are allowed; an administrator's choice.
  public static func live(allowsPrivate: Bool = false) -> Fetcher {
    let queues = (0..<4).map { DispatchQueue(label: "tandem.fetch.\($0)") }
    let turn = Turn()
    return Fetcher { request throws(FetchError) in
      let queue = queues[turn.next() % queues.count]
      let result: Result<FetchAnswer, FetchError> = await withCheckedContinuation { continuation in
        queue.async { continuation.resume(returning: CurlFetch(allowsPrivate: allowsPrivate).follow(request)) }
      }
      return try result.get()
    }
  }

  private final class Turn: Sendable {
    private let count = Atomic<Int>(0)
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue & Int.max }
  }
}
