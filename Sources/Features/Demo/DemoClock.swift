import Kit
import Synchronization

/// The clock of the past that is played: it goes forward only where the story says so, and never beyond its end.
final class DemoClock: Sendable {
  private let moment: Mutex<Instant>
  private let dice: Mutex<Dice>
  private let end: Instant

  /// - Parameter end: the present, which is the last moment of the past.
  init(_ start: Instant, until end: Instant, seed: UInt64) {
    self.end = end
    moment = Mutex(start)
    dice = Mutex(Dice(seed: seed))
  }

  var now: Instant { moment.withLock { $0 } }

  /// Never back: a later act does not happen before an earlier one.
  func reach(_ instant: Instant) { moment.withLock { $0 = max($0, min(instant, end)) } }

  func world(passwordCost: PasswordCost) -> World {
    World(now: { self.now }, random: { self.dice.withLock { $0.number() } }, passwordCost: passwordCost)
  }
}
