/// All that is known of one person and one card. It follows from the events alone, so a stored copy is only a cache.
public struct CardProgress: Hashable, Codable, Sendable {
  /// Where the card stands.
  public var state: CardState
  /// The memory after the last answer; nil for a new card.
  public var memory: MemoryState?
  /// When the card is next due; nil for new and suspended cards.
  public var due: Due?
  /// The moment of the last answer (or import).
  public var lastReview: Moment?
  /// How many answers have been counted.
  public var reviews: Int
  /// How many times the card was forgotten while in review.
  public var lapses: Int

  public init(
    state: CardState = .new, memory: MemoryState? = nil, due: Due? = nil, lastReview: Moment? = nil, reviews: Int = 0,
    lapses: Int = 0
  ) {
    self.state = state
    self.memory = memory
    self.due = due
    self.lastReview = lastReview
    self.reviews = reviews
    self.lapses = lapses
  }

  /// A card nobody has answered yet.
  public static let new = CardProgress()

  /// The same card, set aside. Memory and counts stay; to resume it, replay its events.
  public func suspended() -> CardProgress {
    var copy = self
    copy.state = .suspended
    copy.due = nil
    return copy
  }
}
