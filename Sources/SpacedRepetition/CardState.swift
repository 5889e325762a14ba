/// Where a card stands for one person.
public enum CardState: Hashable, Codable, Sendable {
  /// Never answered.
  case new
  /// In the short steps after the first answer; steps count from 0.
  case learning(step: Int)
  /// Scheduled by days.
  case review
  /// In the short steps after a lapse; steps count from 0.
  case relearning(step: Int)
  /// Set aside by a person; not due until resumed.
  case suspended
}

/// When a card is next due.
public enum Due: Hashable, Codable, Sendable {
  /// At an instant (microseconds UTC): the end of a step inside the day.
  case instant(Int64)
  /// Any time on a day of the learner.
  case day(DayNumber)

  /// The first instant (microseconds UTC) at which the card is due.
  /// - Parameter zoneOffset: the learner's minutes east of UTC.
  public func opens(zoneOffset: Int) -> Int64 {
    switch self {
    case .instant(let instant): instant
    case .day(let day): day.start(zoneOffset: zoneOffset)
    }
  }
}

/// The time between an answer and the next question.
public enum Wait: Hashable, Codable, Sendable {
  /// A step inside the day.
  case seconds(Int)
  /// Days of the learner, 1 or more.
  case days(Int)
}
