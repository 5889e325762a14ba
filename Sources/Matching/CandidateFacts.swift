extension Candidate {
  /// Whether a mentor may help here. Nothing has a default, so that no caller forgets a check.
  public struct Standing: Sendable, Equatable {
    /// Same organisation as the asker, or a program both belong to.
    public var sharesOrganisation: Bool
    /// Not deactivated or suspended.
    public var isActive: Bool
    /// Vetted for the kind asked for.
    public var isVetted: Bool
    /// Orientation lesson done; read only where the kind demands it.
    public var isOriented: Bool

    /// Makes a standing.
    public init(sharesOrganisation: Bool, isActive: Bool, isVetted: Bool, isOriented: Bool) {
      self.sharesOrganisation = sharesOrganisation
      self.isActive = isActive
      self.isVetted = isVetted
      self.isOriented = isOriented
    }
  }

  /// Time a mentor promised and gave.
  public struct Load: Sendable, Equatable {
    /// Minutes promised a week.
    public var weeklyBudget: Int
    /// Minutes of this week that are given, booked, or reserved by pending offers.
    public var minutesUsed: Int
    /// Mentees in active engagements.
    public var activeMentees: Int
    /// The most mentees wanted at a time.
    public var menteeCap: Int
    /// Paused, by the mentor or after silent offers.
    public var isPaused: Bool
    /// Away for the whole horizon of the ask.
    public var isAway: Bool
    /// The mentor does not want the load to be known: no reason given to others speaks of it.
    public var isHidden: Bool
    /// Minutes given in this pool in the last 28 days.
    public var minutesGiven: Int
    /// Credit in minutes for time not present; see `Pool.credit(weeklyBudget:absentDays:)`. Sessions in which the asker did not appear
    /// belong here too.
    public var creditMinutes: Int

    /// Makes a load.
    public init(
      weeklyBudget: Int, minutesUsed: Int = 0, activeMentees: Int = 0, menteeCap: Int, isPaused: Bool = false, isAway: Bool = false,
      isHidden: Bool = false, minutesGiven: Int = 0, creditMinutes: Int = 0
    ) {
      self.weeklyBudget = weeklyBudget
      self.minutesUsed = minutesUsed
      self.activeMentees = activeMentees
      self.menteeCap = menteeCap
      self.isPaused = isPaused
      self.isAway = isAway
      self.isHidden = isHidden
      self.minutesGiven = minutesGiven
      self.creditMinutes = creditMinutes
    }
  }

  /// How offers were answered and sessions rated.
  public struct Record: Sendable, Equatable {
    /// Offers of the last 90 days whose deadline has passed or that were answered.
    public var offered: Int
    /// Of those, answered in time. Declining is an answer.
    public var answered: Int
    /// Days since the last offer; `nil` when there never was one.
    public var daysSinceOffered: Int?
    /// Ratings in asks of the same topic.
    public var topicRatings: Ratings
    /// All ratings.
    public var allRatings: Ratings

    /// Makes a record; an empty one is a newcomer's.
    public init(
      offered: Int = 0, answered: Int = 0, daysSinceOffered: Int? = nil, topicRatings: Ratings = Ratings(),
      allRatings: Ratings = Ratings()
    ) {
      self.offered = offered
      self.answered = answered
      self.daysSinceOffered = daysSinceOffered
      self.topicRatings = topicRatings
      self.allRatings = allRatings
    }
  }

  /// What is known about a mentor and the asker together.
  public struct Pair: Sendable, Equatable {
    /// Common free slots of the wanted length before the deadline; `nil` when there is none.
    public var slots: CommonSlots?
    /// One of the two blocks the other.
    public var isBlocked: Bool
    /// A conflict of interest is declared.
    public var hasConflict: Bool
    /// The pair is on a program's ban list.
    public var isBanned: Bool
    /// The mentor has passed on this very ask.
    public var hasPassedOn: Bool
    /// Days since the two last met; `nil` when they never did.
    public var daysSinceMet: Int?
    /// Minutes a day in which the working hours of both overlap; read for recurring kinds only.
    public var overlapMinutes: Int

    /// Makes what is known about a pair.
    public init(
      slots: CommonSlots?, isBlocked: Bool, hasConflict: Bool = false, isBanned: Bool = false, hasPassedOn: Bool = false,
      daysSinceMet: Int? = nil, overlapMinutes: Int = 0
    ) {
      self.slots = slots
      self.isBlocked = isBlocked
      self.hasConflict = hasConflict
      self.isBanned = isBanned
      self.hasPassedOn = hasPassedOn
      self.daysSinceMet = daysSinceMet
      self.overlapMinutes = overlapMinutes
    }
  }
}
