/// What a line of a score speaks of: eight weighted factors, then two boosts.
public enum Factor: String, Sendable, CaseIterable {
  /// How well the mentor's levels suit the gaps.
  case skillFit
  /// How soon and how often the two are free together.
  case soon
  /// Whether the mentor has given less or more than a fair part lately.
  case fairLoad
  /// How reliably offers are answered, yes or no.
  case answers
  /// How past sessions were rated.
  case rating
  /// Preferred language, and for recurring kinds overlapping working hours.
  case language
  /// Whether a wish for another department is met.
  case crossing
  /// Whether the two have not met lately.
  case newFaces
  /// Boost: no ask was offered to the mentor in 21 days.
  case waitingMentor
  /// Boost: the ask was passed on. The same for every mentor; it orders asks against each other.
  case passedOn

  /// Whether it is added on top of the weighted factors.
  public var isBoost: Bool { self == .waitingMentor || self == .passedOn }
}

/// One line of a score. The lines of a mentor add up exactly to the total.
public struct Reason: Sendable, Equatable {
  /// What it speaks of.
  public var factor: Factor
  /// Points added to the total.
  public var points: Int
  /// The most this line could have added.
  public var maximum: Int
  /// The values behind it, from which a sentence is written.
  public var fact: Fact

  /// Makes a line.
  public init(factor: Factor, points: Int, maximum: Int, fact: Fact) {
    self.factor = factor
    self.points = points
    self.maximum = maximum
    self.fact = fact
  }
}

/// The values behind a line, ready to be said in any language.
public enum Fact: Sendable, Equatable {
  /// The need that counted most: `skill` is what was asked for, `offered` the mentor's skill that serves it best (the same, or a neighbour).
  case skill(skill: Int64, offered: Int64, mentorLevel: Int, learnerLevel: Int)
  /// No needed skill in which the mentor is above the learner.
  case noSkill
  /// Minutes to the first common slot, and how many there are.
  case slots(minutesToFirst: Int, count: Int)
  /// The answer is written; no slot is needed.
  case written
  /// Minutes below (positive) or above (negative) the fair part.
  case load(shortfallMinutes: Int)
  /// The mentor keeps the load private.
  case hiddenLoad
  /// Offers answered in time out of offers made.
  case answers(answered: Int, offered: Int)
  /// Mean rating in thousandths over a number of ratings, at least three.
  case rated(mean: Int, count: Int)
  /// Fewer than three ratings: never shown as a number.
  case new
  /// The best common language, its place in the asker's list (0 is the preferred one), and overlapping working minutes for recurring kinds.
  case language(code: String, place: Int, overlapMinutes: Int?)
  /// No language in common; only excluded candidates have it.
  case noLanguage
  /// Another department was wanted, and whether the mentor is from one.
  case crossing(met: Bool)
  /// No other department was wanted.
  case noCrossingWish
  /// Days since the two last met; `nil` when they never did.
  case lastMet(days: Int?)
  /// Days since the mentor was last offered an ask; `nil` when never.
  case lastOffered(days: Int?)
  /// How many mentors passed on the ask.
  case passedOn(times: Int)
}
