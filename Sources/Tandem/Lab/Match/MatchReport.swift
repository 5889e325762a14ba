import Foundation
import Matching

/// The explanations of an answer, person by person, as JSON.
struct MatchReport: Encodable {
  struct Mentee: Encodable {
    var mentee: String
    var outcome: String
    var mentors: [Given] = []
    var better: [Option] = []
    var remedies: [Option] = []
  }
  struct Given: Encodable {
    var mentor: String
    var weight: Int
    var rank: Int
  }
  struct Option: Encodable {
    var mentor: String
    var weight: Int
    var price: [Int]
  }
  struct Decision: Encodable {
    var mentee: String
    var mentor: String
    var price: [Int]
  }
  struct Diff: Encodable {
    var kept: Int
    var moved: [[String]]
    var new: [[String]]
    var dropped: [[String]]
  }
  struct Mentor: Encodable {
    var mentor: String
    var used: Int
    var places: Int
    var missing: Int
    var price: [Int]
  }

  var objective: [Int]
  var mentees: [Mentee]
  var mentors: [Mentor]
  var shortfall: [String: Int]
  var pins: [Decision]
  var bans: [Decision]
  var diff: Diff?
  var skipped: [String]

  /// How many pins and bans at most get a price each; every price is a solve of its own.
  private static let priced = 200

  init(_ files: ProgramFiles, _ result: MatchResult, mode: MatchMode, diff previous: [MatchDiff.Pair]?) throws {
    let problem = files.problem
    let table = problem.table
    objective = [-result.objective.short, result.objective.pairs, result.objective.weight]
    func option(_ one: MenteeExplanation.Alternative) -> Option {
      Option(mentor: files.mentors[one.mentor], weight: one.weight, price: one.price.levels)
    }
    mentees = problem.explain(result).map { one in
      let name = files.mentees[one.mentee]
      switch one.outcome {
      case .placed(let given, let better):
        return Mentee(
          mentee: name, outcome: "placed",
          mentors: given.map { Given(mentor: files.mentors[$0.mentor], weight: $0.weight, rank: $0.rank) }, better: better.map(option))
      case .nobodyAllowed: return Mentee(mentee: name, outcome: "no allowed mentor")
      case .allFull(let remedies): return Mentee(mentee: name, outcome: "all allowed mentors full", remedies: remedies.map(option))
      case .worthNothing: return Mentee(mentee: name, outcome: "no pair is worth its weight")
      }
    }
    var degrees = (mentees: [Int](repeating: 0, count: files.mentees.count), mentors: [Int](repeating: 0, count: files.mentors.count))
    for pair in result.pairs {
      degrees.mentees[table.mentee(of: pair)] += 1
      degrees.mentors[table.mentor(of: pair)] += 1
    }
    mentors = problem.mentors.enumerated().map { place, range in
      Mentor(
        mentor: files.mentors[place], used: degrees.mentors[place], places: range.most,
        missing: max(0, range.least - degrees.mentors[place]),
        price: (result.certificate?.prices.mentors[place] ?? .zero).levels)
    }
    shortfall = [:]
    for (place, range) in problem.mentees.enumerated() where degrees.mentees[place] < range.least {
      shortfall["mentee " + files.mentees[place]] = range.least - degrees.mentees[place]
    }
    for one in mentors where one.missing > 0 { shortfall["mentor " + one.mentor] = one.missing }
    func decision(_ pair: Int, _ price: Price) -> Decision {
      Decision(mentee: files.mentees[table.mentee(of: pair)], mentor: files.mentors[table.mentor(of: pair)], price: price.levels)
    }
    let hasPrices = mode != .stable && result.certificate != nil
    pins = try (hasPrices ? problem.pins.prefix(Self.priced) : []).map {
      decision($0, try problem.price(ofPin: $0, in: result, mode: mode))
    }
    bans = try (hasPrices ? problem.bans.prefix(Self.priced) : []).map {
      decision($0, try problem.price(ofBan: $0, in: result, mode: mode))
    }
    diff = previous.map { previous in
      let diff = files.diff(result.pairs, from: previous)
      return Diff(
        kept: diff.kept.count, moved: diff.moved.map { [$0.mentee, $0.mentor] }, new: diff.new.map { [$0.mentee, $0.mentor] },
        dropped: diff.dropped.map { [$0.pair.mentee, $0.pair.mentor, $0.cause.rawValue] })
    }
    skipped = files.skipped.map(\.description)
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try encoder.encode(self).write(to: URL(fileURLWithPath: path))
  }
}

extension Price {
  var levels: [Int] { [quota, pairs, weight] }
}
