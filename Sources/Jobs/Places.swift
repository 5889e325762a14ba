import Synchronization

/// How many jobs run at once, at most. Half of the places are kept for jobs that wait for nobody outside.
final class Places: Sendable {
  private let count: Int
  private let taken = Mutex((all: 0, outward: 0))

  init(_ count: Int) { self.count = count }

  var areTaken: Bool { taken.withLock { $0.all >= count } }
  var areFree: Bool { taken.withLock { $0.all == 0 } }
  /// Whether no other job may begin that asks a server outside.
  var areTakenOutward: Bool { taken.withLock { $0.outward >= max(1, count / 2) } }

  func take(outward: Bool) { change(by: 1, outward) }
  func leave(outward: Bool) { change(by: -1, outward) }

  private func change(by step: Int, _ outward: Bool) {
    taken.withLock { taken in
      taken.all += step
      if outward { taken.outward += step }
    }
  }
}
