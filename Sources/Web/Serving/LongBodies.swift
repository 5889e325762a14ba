import HTTPTypes
import Hummingbird
import Kit
import Synchronization

/// Bodies longer than a form: files, which are in memory while they are read. Few at a time, and only from somebody who may send them,
/// so that no crowd of senders can take all memory.
final class LongBodies: Sendable {
  /// Files in memory at a time.
  static let places = 4

  private let taken = Mutex(0)

  /// Takes a place. Throws `tooMany` when all are taken.
  func enter() throws(Problem) {
    let isFree = taken.withLock { taken in
      guard taken < Self.places else { return false }
      taken += 1
      return true
    }
    guard isFree else { throw .tooMany(retryAfter: 5) }
  }

  func leave() { taken.withLock { $0 -= 1 } }
}

extension Dispatcher {
  /// Whether the body may be as long as a file; then a place was taken, to be left when the request is done.
  func entersLong(_ endpoint: Endpoint, _ request: Request, isAPI: Bool) async throws -> Bool {
    guard endpoint.takesFiles, isLong(request) else { return false }
    guard let credential = try credential(request, isAPI: isAPI) else { return false }
    let isAllowed = try await site.store.read { [site] tx in
      guard let identity = try site.identify(tx, credential, site.world.now()) else { return false }
      return endpoint.permission.allows(identity.viewer.roles)
    }
    // Whoever may not send it is told so after the length of a form at most.
    if isAllowed { try site.longBodies.enter() }
    return isAllowed
  }

  /// A body that does not tell its length may be long.
  private func isLong(_ request: Request) -> Bool {
    guard let told = request.headers[.contentLength], let length = Int(told) else { return true }
    return length > site.settings.limits.body
  }
}
