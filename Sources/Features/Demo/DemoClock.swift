import Kit
import Synchronization

/// The clock of the past that is played: it goes forward only where the story says so.
final class DemoClock: Sendable {
  private let moment: Mutex<Instant>
  private let dice: Mutex<Dice>

  init(_ start: Instant, seed: UInt64) {
    moment = Mutex(start)
    dice = Mutex(Dice(seed: seed))
  }

  var now: Instant { moment.withLock { $0 } }

  /// Never back: a later act does not happen before an earlier one.
  func reach(_ instant: Instant) { moment.withLock { $0 = max($0, instant) } }

  func world(passwordCost: PasswordCost) -> World {
    World(now: { self.now }, random: { self.dice.withLock { $0.number() } }, passwordCost: passwordCost)
  }
}
