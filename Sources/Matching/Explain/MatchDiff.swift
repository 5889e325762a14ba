/// How two answers differ.
public struct MatchDiff: Sendable, Equatable {
  /// Why a pair is gone.
  public enum Cause: String, Sendable, Equatable {
    /// It is not possible any more: the row is gone, or one of the two.
    case notPossible
    /// It is banned now.
    case banned
    /// A pin took the place.
    case pinned
    /// The mentor has fewer places now than were used.
    case fewerPlaces
    /// Another choice is as good or better for the whole.
    case otherChoice
  }

  /// Mentee and mentor by name.
  public struct Pair: Sendable, Hashable, Comparable {
    /// The mentee's id.
    public var mentee: String
    /// The mentor's id.
    public var mentor: String

    /// Makes a pair.
    public init(mentee: String, mentor: String) {
      self.mentee = mentee
      self.mentor = mentor
    }

    public static func < (left: Pair, right: Pair) -> Bool { (left.mentee, left.mentor) < (right.mentee, right.mentor) }
  }

  /// In both answers.
  public var kept: [Pair]
  /// Only in the new one, of mentees who had a mentor before and of those who had none.
  public var moved: [Pair]
  /// Only in the new one, of mentees who had no mentor before.
  public var new: [Pair]
  /// Only in the old one.
  public var dropped: [(pair: Pair, cause: Cause)]

  public static func == (left: MatchDiff, right: MatchDiff) -> Bool {
    left.kept == right.kept && left.moved == right.moved && left.new == right.new
      && left.dropped.elementsEqual(right.dropped) { $0 == $1 }
  }
}

extension ProgramFiles {
  /// Compares an answer with an earlier one, whose people are known by name.
  public func diff(_ pairs: [Int], from previous: [MatchDiff.Pair]) -> MatchDiff {
    let table = problem.table
    let now = Set(pairs.map { MatchDiff.Pair(mentee: mentees[table.mentee(of: $0)], mentor: mentors[table.mentor(of: $0)]) })
    let before = Set(previous)
    let hadOne = Set(previous.map(\.mentee))
    let menteeNumbers = Dictionary(mentees.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let mentorNumbers = Dictionary(mentors.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let banned = Set(problem.bans)
    var places = [Int: Int]()
    for pair in previous { places[mentorNumbers[pair.mentor] ?? -1, default: 0] += 1 }
    let pinnedMentors = Set(problem.pins.map { table.mentor(of: $0) })
    let dropped = before.subtracting(now).sorted().map { pair -> (pair: MatchDiff.Pair, cause: MatchDiff.Cause) in
      guard let mentee = menteeNumbers[pair.mentee], let mentor = mentorNumbers[pair.mentor],
        let number = table.number(mentee: mentee, mentor: mentor)
      else { return (pair, .notPossible) }
      if banned.contains(number) { return (pair, .banned) }
      if places[mentor, default: 0] > problem.mentors[mentor].most { return (pair, .fewerPlaces) }
      if pinnedMentors.contains(mentor) || problem.pins.contains(where: { table.mentee(of: $0) == mentee }) { return (pair, .pinned) }
      return (pair, .otherChoice)
    }
    let added = now.subtracting(before).sorted()
    return MatchDiff(
      kept: now.intersection(before).sorted(), moved: added.filter { hadOne.contains($0.mentee) },
      new: added.filter { !hadOne.contains($0.mentee) }, dropped: dropped)
  }
}
