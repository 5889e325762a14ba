import Synchronization

/// How many jobs run at once, at most.
final class Places: Sendable {
  private let count: Int
  private let taken = Mutex(0)

  init(_ count: Int) { self.count = count }

  var areTaken: Bool { taken.withLock { $0 >= count } }
  var areFree: Bool { taken.withLock { $0 == 0 } }

  func take() { taken.withLock { $0 += 1 } }
  func leave() { taken.withLock { $0 -= 1 } }
}
