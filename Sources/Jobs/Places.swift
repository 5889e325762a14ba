import Synchronization

/// How many jobs of each lane run at once, at most.
final class Places: Sendable {
  private let width: Int
  private let taken = Mutex<[Lane: Int]>([:])

  init(_ width: Int) { self.width = width }

  /// Lanes in which another job may begin.
  var free: Set<Lane> { taken.withLock { taken in Set(Lane.allCases.filter { taken[$0, default: 0] < $0.places(width) }) } }
  var areAllFree: Bool { taken.withLock { $0.values.allSatisfy { $0 == 0 } } }

  func take(_ lane: Lane) { taken.withLock { $0[lane, default: 0] += 1 } }
  func leave(_ lane: Lane) { taken.withLock { $0[lane, default: 0] -= 1 } }
}
