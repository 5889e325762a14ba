import Foundation
import SpacedRepetition

/// A log of reviews out of a CSV file: `card_id`, `unix_s` or `unix_ms`, `rating`, and `elapsed_days` if it is there.
///
/// Without `elapsed_days` the days are counted in a zone, from 04:00 to 04:00.
struct ReviewLog {
  /// Cards in ascending order of their number.
  let cards: [(id: Int64, history: ReviewHistory, moments: [Moment])]
  let reviews: Int

  init(_ path: String, zone name: String) throws {
    guard let zone = TimeZone(identifier: name) else {
      throw Configuration.Fault(description: "The zone \(name) is not known; name one as in Europe/Berlin.")
    }
    let file = try LabTable(path, required: ["card_id", "rating"])
    let hasDays = file.table.header.contains("elapsed_days")
    let time = file.table.header.contains("unix_ms") ? "unix_ms" : "unix_s"
    var found: [Int64: [(moment: Moment, grade: Grade, days: Int?)]] = [:]
    for row in file.table.rows {
      let rating = try file.integer(row, "rating")
      guard let grade = Grade(rawValue: Int(clamping: rating)) else { throw file.fault(row, "rating is not 1, 2, 3 or 4: “\(rating)”.") }
      let stamp = try file.integer(row, time)
      guard stamp.magnitude < 1 << 43 else { throw file.fault(row, "\(time) is out of range: “\(stamp)”.") }
      let instant = time == "unix_ms" ? stamp * 1_000 : stamp * 1_000_000
      let offset = hasDays ? 0 : zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant) / 1e6)) / 60
      let days = hasDays ? Int(clamping: try file.integer(row, "elapsed_days")) : nil
      found[try file.integer(row, "card_id"), default: []].append((Moment(instant: instant, zoneOffset: offset), grade, days))
    }
    reviews = file.table.rows.count
    cards = found.sorted { $0.key < $1.key }.map { id, rows in
      // A file in order of time stays as it is; equal times keep the order of the file.
      let rows = rows.enumerated().sorted { ($0.element.moment.instant, $0.offset) < ($1.element.moment.instant, $1.offset) }.map(\.element)
      let history = rows.enumerated().map { place, row in
        ReviewHistory.Review(
          grade: row.grade, elapsedDays: row.days ?? (place == 0 ? 0 : rows[place - 1].moment.day.days(to: row.moment.day)),
          time: row.moment.instant)
      }
      return (id, ReviewHistory(history), rows.map(\.moment))
    }
  }

  var histories: [ReviewHistory] { cards.map(\.history) }

  /// Weights out of a file that `fit` wrote, or the defaults.
  static func parameters(_ path: String?) throws -> Parameters {
    guard let path else { return .defaults }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Configuration.Fault(description: "The file \(path) cannot be read.")
    }
    do {
      return try JSONDecoder().decode(Parameters.self, from: data)
    } catch {
      throw Configuration.Fault(description: "\(path) does not hold {\"version\": \"FSRS-6\", \"w\": [21 numbers]}.")
    }
  }

  /// Items as prefixes of histories, the last review of each to be predicted: `[[[rating, days], …], …]`.
  static func items(_ path: String) throws -> [ReviewHistory] {
    struct Wrapped: Decodable { let items: [[[Int]]] }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Configuration.Fault(description: "The file \(path) cannot be read.")
    }
    guard
      let items = (try? JSONDecoder().decode([[[Int]]].self, from: data)) ?? (try? JSONDecoder().decode(Wrapped.self, from: data))?.items
    else { throw Configuration.Fault(description: "\(path) does not hold [[[rating, days], …], …].") }
    return try items.enumerated().map { number, item in
      ReviewHistory(
        try item.map { review in
          guard review.count == 2, let grade = Grade(rawValue: review[0]), (0...100_000).contains(review[1]) else {
            throw Configuration.Fault(description: "\(path) item \(number + 1): a review is [rating 1 to 4, days since the one before].")
          }
          return .init(grade: grade, elapsedDays: review[1], time: Int64(number))
        }, predictsLastOnly: true)
    }
  }
}
