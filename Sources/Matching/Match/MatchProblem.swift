/// How many places a person has.
public struct PlaceRange: Sendable, Hashable {
  /// Wanted at least. Missing ones are counted as shortfall, and the total of it is kept as small as possible before all else.
  public var least: Int
  /// Given at most; not below `least`.
  public var most: Int

  /// Makes a range of places.
  public init(least: Int = 0, most: Int) {
    self.least = least
    self.most = most
  }
}

/// What a program-wide match has to decide.
public struct MatchProblem: Sendable {
  /// Why a problem is refused.
  public enum Invalid: Error, Sendable, Hashable {
    /// A range is not 0 <= least <= most <= 1,000,000, or there are not as many ranges as people.
    case places
    /// A pinned pair is not possible, or banned, or pinned twice.
    case pin(mentee: Int, mentor: Int)
    /// A person has more pins than places.
    case tooManyPins(isMentee: Bool, person: Int)
    /// Weights and people are too many for exact arithmetic in 64 bits.
    case tooLarge
  }

  /// The possible pairs.
  public let table: PairTable
  /// The places of each mentee.
  public let mentees: [PlaceRange]
  /// The places of each mentor.
  public let mentors: [PlaceRange]
  /// Numbers of the pairs that are in every answer.
  public let pins: [Int]
  /// Numbers of the pairs that are in none.
  public let bans: [Int]

  /// Checks and keeps a problem.
  ///
  /// - Parameters:
  ///   - table: The possible pairs. A pair that is not in it can never be chosen; there is no such thing as a weight for "not allowed".
  ///   - pins: Pairs in every answer, as mentee and mentor; each must be in the table and not be banned.
  ///   - bans: Pairs in no answer; those not in the table change nothing.
  public init(
    table: PairTable, mentees: [PlaceRange], mentors: [PlaceRange], pins: [(mentee: Int, mentor: Int)] = [],
    bans: [(mentee: Int, mentor: Int)] = []
  ) throws(Invalid) {
    guard mentees.count == table.mentees, mentors.count == table.mentors,
      (mentees + mentors).allSatisfy({ $0.least >= 0 && $0.least <= $0.most && $0.most <= 1_000_000 })
    else { throw .places }
    let banned = Set(bans.compactMap { table.number(mentee: $0.mentee, mentor: $0.mentor) })
    var pinned: Set<Int> = []
    var pinsOfMentee: [Int: Int] = [:]
    var pinsOfMentor: [Int: Int] = [:]
    for (mentee, mentor) in pins {
      guard let pair = table.number(mentee: mentee, mentor: mentor), !banned.contains(pair), pinned.insert(pair).inserted else {
        throw .pin(mentee: mentee, mentor: mentor)
      }
      pinsOfMentee[mentee, default: 0] += 1
      pinsOfMentor[mentor, default: 0] += 1
    }
    for (person, count) in pinsOfMentee.sorted(by: { $0.key < $1.key }) where count > mentees[person].most {
      throw .tooManyPins(isMentee: true, person: person)
    }
    for (person, count) in pinsOfMentor.sorted(by: { $0.key < $1.key }) where count > mentors[person].most {
      throw .tooManyPins(isMentee: false, person: person)
    }
    self.table = table
    self.mentees = mentees
    self.mentors = mentors
    self.pins = pinned.sorted()
    self.bans = banned.sorted()
  }
}
