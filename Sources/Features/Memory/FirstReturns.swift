import Kit
import SpacedRepetition
import Store
import Web

/// What became of cards at their second meeting: after how many days it was, and how many were still known. Seen, not predicted.
struct FirstReturns: Sendable {
  /// Days and counts of the cards whose first answer was "recalled".
  private(set) var counts: [Int: (met: Int, known: Int)] = [:]

  static func load(_ viewer: Viewer, _ tx: Transaction) throws -> FirstReturns {
    var returns = FirstReturns()
    let events = try ReviewLog.events(ofAllCardsOf: viewer.person, org: viewer.org, tx)
    for (_, own) in Dictionary(grouping: events, by: \.card) { returns.add(ReviewHistory(events: own)) }
    return returns
  }

  private mutating func add(_ history: ReviewHistory) {
    guard let first = history.reviews.first, first.grade == .good,
      let place = history.reviews.indices.dropFirst().first(where: { history.reviews[$0].elapsedDays > 0 })
    else { return }
    let review = history.reviews[place]
    let old = counts[review.elapsedDays] ?? (0, 0)
    counts[review.elapsedDays] = (old.met + 1, old.known + (review.grade.isRecalled ? 1 : 0))
  }

  /// What was seen from one day to another.
  func seen(_ days: ClosedRange<Int>) -> (met: Int, known: Int) {
    counts.filter { days.contains($0.key) }.values.reduce((0, 0)) { ($0.0 + $1.met, $0.1 + $1.known) }
  }
}
