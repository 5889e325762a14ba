import Matching
import Synchronization

/// Tells every second how far a match is and how far from the best at most, and when it is time to stop.
final class MatchClock: Sendable {
  private let limit: Double?
  private let start = LabClock.wall()
  private let said: Mutex<Double>

  /// - Parameter limit: seconds; nil for as long as it takes.
  init(limit: Double?) {
    self.limit = limit
    said = Mutex(LabClock.wall())
  }

  func mayContinue(_ progress: MatchProgress) -> Bool {
    let now = LabClock.wall()
    let isDue = said.withLock { said in
      guard now - said >= 1 else { return false }
      said = now
      return true
    }
    if isDue { Words.say(Self.line(progress, after: now - start)) }
    return limit.map { now - start < $0 } ?? true
  }

  /// "3 s: 81204 pairs, 5310 people to look at; at most 960 pairs and 1704412 points from the best."
  static func line(_ progress: MatchProgress, after seconds: Double) -> String {
    let (reached, bound) = progress.gap
    let pairs = bound.pairs - reached.pairs
    let short = bound.quota + reached.short
    let missing = short > 0 ? "\(short) minimum places, " : ""
    return "\(Int(seconds)) s: \(reached.pairs) pairs, \(progress.remaining) people to look at; at most "
      + "\(missing)\(pairs) pairs and \(bound.weight - reached.weight) points from the best."
  }
}
