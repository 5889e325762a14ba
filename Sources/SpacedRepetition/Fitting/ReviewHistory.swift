/// The reviews of one card by one person, oldest first, as fitting and evaluation need them.
///
/// Begin after the last reset and leave practice out (`ReviewHistory.init(events:)` does).
public struct ReviewHistory: Hashable, Sendable {
  /// One review.
  public struct Review: Hashable, Sendable {
    /// The answer.
    public let grade: Grade
    /// Whole days of the learner since the previous review; 0 is the same day, and the first review.
    public let elapsedDays: Int
    /// When it was, in any unit; orders the reviews of all cards.
    public let time: Int64

    public init(grade: Grade, elapsedDays: Int, time: Int64) {
      self.grade = grade
      self.elapsedDays = max(0, elapsedDays)
      self.time = time
    }
  }

  /// Oldest first; the days of the first one count as 0.
  public let reviews: [Review]
  /// Whether every review after the first day is to be predicted, or the last one alone.
  public let predictsLastOnly: Bool

  public init(_ reviews: [Review], predictsLastOnly: Bool = false) {
    self.reviews = reviews
    self.predictsLastOnly = predictsLastOnly
  }

  /// The day gap that counts for the review at a place.
  func days(_ place: Int) -> Int { place == 0 ? 0 : reviews[place].elapsedDays }
}

/// One prediction to be made: the recall at one review, from all before it.
struct TrainingItem: Sendable {
  /// Which history.
  let history: Int
  /// Which review of it.
  let place: Int
}

extension [ReviewHistory] {
  /// Every review on a later day than the one before, in order of time, then of history: the order of the recency weights.
  var items: [TrainingItem] {
    var items: [TrainingItem] = []
    for (number, history) in enumerated() {
      for place in history.reviews.indices where history.days(place) > 0 {
        if !history.predictsLastOnly || place == history.reviews.count - 1 { items.append(TrainingItem(history: number, place: place)) }
      }
    }
    return items.sorted {
      let (first, second) = (self[$0.history].reviews[$0.place].time, self[$1.history].reviews[$1.place].time)
      return (first, $0.history, $0.place) < (second, $1.history, $1.place)
    }
  }

  func isRecalled(_ item: TrainingItem) -> Bool { self[item.history].reviews[item.place].grade.isRecalled }
}
