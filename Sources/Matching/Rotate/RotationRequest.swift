/// Speed rounds to be planned, or the rest of them.
public struct RotationRequest: Sendable {
  /// One person of the event.
  public struct Attendee: Sendable, Hashable {
    /// Meetings wanted at least; missing ones are counted as shortfall.
    public var least: Int
    /// Meetings wanted at most.
    public var most: Int
    /// The rounds in which the person is there, counted from 1.
    public var present: ClosedRange<Int>?

    /// Makes an attendee; without `present` there from the first round to the last.
    public init(least: Int = 0, most: Int, present: ClosedRange<Int>? = nil) {
      self.least = least
      self.most = most
      self.present = present
    }
  }

  /// Which pairs may meet, and how well they fit.
  public let table: PairTable
  /// The mentees.
  public var mentees: [Attendee]
  /// The mentors.
  public var mentors: [Attendee]
  /// How many rounds the event has.
  public var rounds: Int
  /// The first round that is still to be planned; earlier ones are in `played`.
  public var firstRound: Int
  /// How many tables there are; `nil` when there are enough.
  public var tables: Int?
  /// Meetings of rounds that are over; they count towards what people wanted, and are not repeated.
  public var played: [(round: Int, mentee: Int, mentor: Int)]
  /// Pairs that met before the event and shall not meet again.
  public var met: [(mentee: Int, mentor: Int)]
  /// Decides between equally good plans; 0 keeps the order of people.
  public var seed: UInt64 = 0

  /// Makes a request.
  public init(
    table: PairTable, mentees: [Attendee], mentors: [Attendee], rounds: Int, firstRound: Int = 1, tables: Int? = nil,
    played: [(round: Int, mentee: Int, mentor: Int)] = [], met: [(mentee: Int, mentor: Int)] = []
  ) {
    self.table = table
    self.mentees = mentees
    self.mentors = mentors
    self.rounds = rounds
    self.firstRound = firstRound
    self.tables = tables
    self.played = played
    self.met = met
  }
}

/// A plan of rounds.
public struct Rotation: Sendable {
  /// Two people at a table in a round.
  public struct Meeting: Sendable, Hashable {
    /// The round, counted from 1.
    public var round: Int
    /// The mentee.
    public var mentee: Int
    /// The mentor.
    public var mentor: Int
    /// The table, counted from 1.
    public var table: Int
  }

  /// The meetings of the rounds that were to be planned, by round, then by mentee.
  public var meetings: [Meeting]
  /// What they reach together with the rounds played.
  public var objective: MatchObjective
  /// What no plan can exceed; equal to `objective` unless people come and go or tables are few.
  public var bound: MatchObjective
  /// How often somebody who is there has nobody to meet in two planned rounds in a row.
  public var idleTwice: Int
}
