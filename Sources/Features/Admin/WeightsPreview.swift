import Kit
import Matching
import Store
import Web

/// The first mentors of an ask with the weights in use and with others, as if it were asked now. Nothing is kept.
struct WeightsPreview: Output {
  /// Mentors compared at each end.
  static let shown = 5

  var ask: ID<Ask>
  var title: String
  /// What moves, in sentences; what stays the same is one sentence too.
  var changes: [String]
  var table: Table?
  var mentors: [Place]

  /// A mentor who is among the first with either weights.
  struct Place: Output {
    var mentor: Member
    /// Counted from 1; nil beyond those looked at.
    var before: Int?
    var after: Int?
    var pointsBefore: Int
    var pointsAfter: Int
    var factors: [Line]
  }

  /// The points of one factor.
  struct Line: Output {
    var factor: String
    var label: String
    var before: Int
    var after: Int
  }

  init(_ past: PastAsk, before: Weights, after: Weights, _ tx: Transaction, _ world: World) throws {
    func ranked(_ weights: Weights) throws -> RankedAsk {
      try RankMentors.pool(past.ask, including: past.ask.wished, weights: weights, tx, world).rank(weights: weights)
    }
    let old = try ranked(before)
    let new = before == after ? old : try ranked(after)
    ask = past.ask.id
    title = past.words
    let first = new.ranking.ranked.prefix(Self.shown).map(\.id)
    let gone = old.ranking.ranked.prefix(Self.shown).map(\.id).filter { !first.contains($0) }
    mentors = (first + gone).compactMap { Place($0, old, new) }
    changes = Self.changes(mentors, isSame: before == after)
    table = mentors.isEmpty ? nil : Self.table(mentors)
  }

  private static func changes(_ mentors: [Place], isSame: Bool) -> [String] {
    if mentors.isEmpty { return ["Nobody may help with this ask at the moment: no mentor for its skills has a free hour in time."] }
    if isSame { return ["These are the weights in use. Change a number to see what it moves."] }
    let sentences = mentors.compactMap(\.sentence)
    return sentences.isEmpty ? ["The order of the first \(mentors.count) stays the same."] : sentences
  }

  private static func table(_ mentors: [Place]) -> Table {
    let factors = mentors.first?.factors.map { Table.Column.number($0.label) } ?? []
    return Table(
      caption: "Places and points, before and after",
      columns: [.init("Mentor"), .init("Place"), .number("Points")] + factors,
      rows: mentors.map { mentor in
        [
          .header(mentor.mentor.name, href: "/mentors/\(mentor.mentor.id)"), .chip(mentor.places, mentor.chip),
          .change(mentor.pointsBefore, mentor.pointsAfter),
        ] + mentor.factors.map { .change($0.before, $0.after) }
      })
  }
}

extension Table.Cell {
  fileprivate static func change(_ before: Int, _ after: Int) -> Table.Cell {
    Table.Cell(text: before == after ? "\(after)" : "\(before) → \(after)", numeric: true)
  }
}
