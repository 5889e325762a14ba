/// How long one past ask waited, from opened to met.
public struct Wait: Sendable, Equatable {
  /// Minutes from opened to met; for an ask that was never met, to the moment it was withdrawn, expired, or last looked at.
  public var minutes: Int
  /// Whether it was met. An ask that was not is censored: it waited at least this long.
  public var wasMet: Bool

  /// Makes a wait; less than 0 minutes counts as 0.
  public init(minutes: Int, wasMet: Bool) {
    self.minutes = max(0, minutes)
    self.wasMet = wasMet
  }
}

/// An honest waiting time for an ask, from the asks of the last 90 days.
public enum WaitEstimate: Sendable, Equatable {
  /// Fewer than `fewest` asks are known.
  case cannotTell(asks: Int)
  /// The time within which half, and nine in ten, are met; with the number of asks behind it and how alike they are.
  case known(half: WaitBound, nineInTen: WaitBound, asks: Int, scope: WaitScope)

  /// Asks needed to say anything.
  public static let fewest = 10
  /// Asks needed before a narrow group of asks is used instead of a wider one.
  public static let enough = 20

  /// Estimates from the narrowest group with enough asks.
  ///
  /// - Parameters:
  ///   - family: Asks of the same kind and skill family.
  ///   - kind: Asks of the same kind, those of the family included.
  ///   - organisation: All asks.
  /// - Complexity: O(n log n) in the asks of the group used.
  public init(family: [Wait], kind: [Wait], organisation: [Wait]) {
    let groups = [(family, WaitScope.family), (kind, .kind), (organisation, .organisation)]
    let (waits, scope) = groups.first { $0.0.count >= Self.enough } ?? (organisation, .organisation)
    guard waits.count >= Self.fewest else {
      self = .cannotTell(asks: waits.count)
      return
    }
    let curve = WaitCurve(waits)
    self = .known(
      half: curve.bound(stillWaiting: 0.5), nineInTen: curve.bound(stillWaiting: 0.1), asks: waits.count, scope: scope)
  }
}

/// Which asks an estimate rests on.
public enum WaitScope: String, Sendable, CaseIterable {
  /// Same kind and skill family.
  case family
  /// Same kind.
  case kind
  /// The whole organisation.
  case organisation
}

/// A waiting time, or the longest that was seen when the truth lies beyond it.
public enum WaitBound: Sendable, Equatable {
  /// Met within so many minutes.
  case within(minutes: Int)
  /// Not yet met after so many minutes, as far as the data reach.
  case moreThan(minutes: Int)
}
