import Kit
import Matching
import Web

extension WeightsPreview.Place {
  init?(_ id: Int64, _ old: RankedAsk, _ new: RankedAsk) {
    guard let person = new.people[ID(id)] ?? old.people[ID(id)] else { return nil }
    let places = [old, new].map { ranked in ranked.ranking.ranked.firstIndex { $0.id == id } }
    let rows = zip([old, new], places).map { ranked, place in place.map { ranked.ranking.ranked[$0] } }
    mentor = person.member
    before = places[0].map { $0 + 1 }
    after = places[1].map { $0 + 1 }
    pointsBefore = rows[0]?.total ?? 0
    pointsAfter = rows[1]?.total ?? 0
    factors = Factor.weighted.map { factor in
      WeightsPreview.Line(
        factor: factor.word, label: Wording.name(factor).capitalisedFirst, before: rows[0]?.line(factor)?.points ?? 0,
        after: rows[1]?.line(factor)?.points ?? 0)
    }
  }

  /// "2, was 3".
  var places: String {
    let now = after.map { "\($0)" } ?? "Not looked at"
    return before == after ? now : "\(now), was \(before.map { "\($0)" } ?? "not looked at")"
  }

  /// The colour goes with the words of `places`: up, down or the same.
  var chip: String {
    let (old, new) = (before ?? .max, after ?? .max)
    return new < old ? "good" : new > old ? "warn" : "plain"
  }

  /// "Ada Mentor moves from 3 to 1: skill fit +40, soon −12."; nil when the place stays.
  var sentence: String? {
    guard before != after else { return nil }
    let moved = factors.filter { $0.before != $0.after }.sorted { abs($0.after - $0.before) > abs($1.after - $1.before) }.prefix(3)
    let causes = moved.map { line in
      let change = line.after - line.before
      return "\(line.label.lowercased()) \(change > 0 ? "+" : "−")\(abs(change))"
    }
    let from = before.map { "from \($0)" } ?? "in"
    let to = after.map { "to \($0)" } ?? "out of those looked at"
    return "\(mentor.name) moves \(from) \(to)\(causes.isEmpty ? "" : ": \(causes.joined(separator: ", "))")."
  }
}
