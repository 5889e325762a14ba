/// What a scheduler of the SM-2 family (Anki's older one among them) knows of a card.
public struct SuperMemo2: Hashable, Codable, Sendable {
  /// The ease factor, 1.3 and up, usually 2.5.
  public let ease: Double
  /// The last interval, in days.
  public let interval: Double
  /// The share of reviews recalled under the other scheduler, usually 0.9.
  public let retention: Double

  public init(ease: Double, interval: Double, retention: Double = 0.9) {
    self.ease = ease
    self.interval = interval
    self.retention = retention
  }
}

extension MemoryModel {
  /// The memory that explains an SM-2 schedule: the last interval ends where recall has fallen to its retention, and the next
  /// recall would multiply it by the ease.
  ///
  /// Values out of reach are brought into range: retention to 0.1...0.99, ease to at least 1, stability and difficulty to theirs.
  /// Source: fsrs-rs, `memory_state_from_sm2`.
  public func memory(from sm2: SuperMemo2) -> MemoryState {
    let retention = sm2.retention.clamped(to: 0.1...0.99)
    let interval = sm2.interval.clamped(to: MemoryState.stabilityRange)
    let oneDay = self.interval(for: MemoryState(stability: 1, difficulty: 1), retention: retention)
    let stability = (interval / oneDay).clamped(to: MemoryState.stabilityRange)
    let growth = stabilityGrowth(stability: stability, retrievability: retention)
    return MemoryState(stability: stability, difficulty: 11 - (sm2.ease.clamped(to: 1...100) - 1) / growth)
  }
}
