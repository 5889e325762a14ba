import HTTPTypes
import Hummingbird
import Kit
import Synchronization

/// Bodies longer than a form: files, which are in memory while they are read. Few at a time, and only from somebody who may send them,
/// so that no crowd of senders can take all memory.
final class LongBodies: Sendable {
  /// Files in memory at a time.
  static let places = 4

  /// Of these, files of one person.
  static let placesOfOne = 2

  private let taken = Mutex<[ID<Person>: Int]>([:])

  /// How long a body of so many bytes, or of an unknown number, may take: two minutes and what a slow line needs.
  static func patience(_ bytes: Int?) -> Duration { .seconds(120 + (bytes ?? 0) / 100_000) }

  /// Takes a place. Throws `tooMany` when all are taken, or as many as one person may take.
  func enter(_ person: ID<Person>) throws(Problem) {
    let isFree = taken.withLock { taken in
      guard taken.values.reduce(0, +) < Self.places, taken[person, default: 0] < Self.placesOfOne else { return false }
      taken[person, default: 0] += 1
      return true
    }
    guard isFree else { throw .tooMany(retryAfter: 5) }
  }

  func leave(_ person: ID<Person>) {
    taken.withLock { taken in
      let count = taken[person, default: 1] - 1
      taken[person] = count > 0 ? count : nil
    }
  }
}

extension Dispatcher {
  /// Whose body may be as long as a file; then a place was taken, to be left when the request is done.
  func entersLong(_ endpoint: Endpoint, _ request: Request, isAPI: Bool) async throws -> ID<Person>? {
    guard endpoint.takesFiles, isLong(request) else { return nil }
    guard let credential = try credential(request, isAPI: isAPI) else { return nil }
    let sender = try await site.store.read { [site] tx -> ID<Person>? in
      guard let identity = try site.identify(tx, credential, site.world.now()) else { return nil }
      return endpoint.permission.allows(identity.viewer.roles) ? identity.viewer.person : nil
    }
    // Whoever may not send it is told so after the length of a form at most.
    if let sender { try site.longBodies.enter(sender) }
    return sender
  }

  /// A body that does not tell its length may be long.
  private func isLong(_ request: Request) -> Bool {
    guard let told = request.headers[.contentLength], let length = Int(told) else { return true }
    return length > site.settings.limits.body
  }
}
