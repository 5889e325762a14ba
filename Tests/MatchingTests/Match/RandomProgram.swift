@testable import Matching

/// A small random program with minimums, pins and bans; few weights, so that ties are frequent.
struct RandomProgram {
  var mentees: [PlaceRange]
  var mentors: [PlaceRange]
  /// Scores by mentee and mentor; pairs that are not here are not possible.
  var scores: [[Int]: (mentee: Int, mentor: Int)] = [:]
  var pins: [(mentee: Int, mentor: Int)] = []
  var bans: [(mentee: Int, mentor: Int)] = []

  /// - Parameter isFull: As many mentees and mentors as there may be.
  init(_ dice: inout Dice, most: Int, isFull: Bool = false) {
    let size = isFull ? most : dice.roll(0...most)
    mentees = (0..<(isFull ? size : dice.roll(0...size))).map { _ in Self.places(&dice) }
    mentors = (0..<(isFull ? size : dice.roll(0...size))).map { _ in Self.places(&dice) }
    let spread = [1, 3, 20, 1_000_000][dice.roll(0...3)]
    let density = dice.roll(20...100)
    for mentee in mentees.indices {
      for mentor in mentors.indices where dice.chance(density) {
        scores[[mentee, mentor]] = (dice.roll(-spread / 3...spread), dice.roll(-spread / 3...spread))
      }
    }
    var left = (mentees: mentees.map(\.most), mentors: mentors.map(\.most))
    for pair in scores.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      if dice.chance(8) {
        bans.append((pair[0], pair[1]))
      } else if dice.chance(8), left.mentees[pair[0]] > 0, left.mentors[pair[1]] > 0 {
        pins.append((pair[0], pair[1]))
        left.mentees[pair[0]] -= 1
        left.mentors[pair[1]] -= 1
      }
    }
  }

  private static func places(_ dice: inout Dice) -> PlaceRange {
    let most = dice.chance(60) ? 1 : dice.roll(0...3)
    return PlaceRange(least: dice.chance(25) ? dice.roll(0...most) : 0, most: most)
  }

  /// The program as the engine takes it.
  func problem() throws -> MatchProblem {
    var rows = PairRows()
    for (pair, score) in scores {
      rows.append(
        mentee: Int32(pair[0]), mentor: Int32(pair[1]), menteeScore: Int32(score.mentee), mentorScore: Int32(score.mentor))
    }
    return try MatchProblem(
      table: PairTable(rows, mentees: mentees.count, mentors: mentors.count), mentees: mentees, mentors: mentors, pins: pins, bans: bans)
  }
}
