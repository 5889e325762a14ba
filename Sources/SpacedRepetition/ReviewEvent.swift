/// One thing that happened to a card of one person. Events are only ever added; every state follows from them.
public struct ReviewEvent: Hashable, Codable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Codable, Sendable {
    /// An answer that counts.
    case review(Grade)
    /// An answer outside the schedule, before an exam or a session. Changes nothing.
    case practice(Grade)
    /// The event with this id never happened. Counts wherever it sorts; an undo cannot itself be undone.
    case undo(of: EventID)
    /// The card starts anew.
    case reset
    /// Memory brought from another system, as of the event's moment.
    case `import`(ImportedMemory)
    /// The day chosen for the card after the review (or import) with this id.
    case place(after: EventID, day: DayNumber)
  }

  /// The client-made id; two events with the same id are one event received twice.
  public let id: EventID
  /// The card it happened to.
  public let card: Int64
  /// What happened.
  public let kind: Kind
  /// When, after `correctedTime`.
  public let moment: Moment

  public init(id: EventID, card: Int64, kind: Kind, moment: Moment) {
    self.id = id
    self.card = card
    self.kind = kind
    self.moment = moment
  }
}

/// The memory of a card in another system.
public enum ImportedMemory: Hashable, Codable, Sendable {
  /// The other system ran FSRS.
  case memory(MemoryState)
  /// The other system ran SM-2.
  case superMemo2(SuperMemo2)
}

extension ReviewEvent: Comparable {
  /// The order of replay: corrected time, then id. It does not depend on arrival.
  public static func < (left: ReviewEvent, right: ReviewEvent) -> Bool {
    (left.moment.instant, left.id) < (right.moment.instant, right.id)
  }

  /// The largest difference between two clocks, in microseconds, that is taken for delay: two minutes.
  public static let toleratedSkew: Int64 = 120_000_000

  /// When an answer was really given, told by a device whose clock may be wrong. All times are microseconds UTC.
  /// - Parameters:
  ///   - answeredAt: the answer, by the device's clock.
  ///   - sentAt: the sending of the answer, by the same clock.
  ///   - receivedAt: its arrival, by the server's clock.
  /// - Returns: `answeredAt`, moved by the difference of the clocks when that is above two minutes; never later than `receivedAt`.
  public static func correctedTime(answeredAt: Int64, sentAt: Int64, receivedAt: Int64) -> Int64 {
    let skew = receivedAt.saturatingSubtracting(sentAt)
    let corrected = skew.magnitude > toleratedSkew.magnitude ? answeredAt.saturatingAdding(skew) : answeredAt
    return min(corrected, receivedAt)
  }
}
