/// Answers of many people to many items, for calibration. Equal rows are stored once with their count.
public struct ResponseTable: Sendable {
  /// How many items; every row is as long.
  public let items: Int
  /// How many people.
  public let people: Int
  /// Answer categories per item, 0-based and without gaps; at least 2.
  public let categories: [Int]
  /// For items with categories that nobody used: the original category of each one kept.
  public let kept: [[Int]]

  /// Distinct rows in order of first appearance, as categories; -1 for no answer.
  let rows: [[Int8]]
  /// How many people gave each row.
  let counts: [Double]
  /// For each person the place of the row.
  let rowOfPerson: [Int]

  /// - Parameter responses: one row per person; nil for no answer. Categories 0...63.
  /// - Throws: `CalibrationError` for rows of different lengths, categories out of range, or an item without two different answers.
  public init(_ responses: [[Int?]]) throws {
    guard let width = responses.first?.count, width > 0 else { throw CalibrationError.empty }
    var seen = [Set<Int>](repeating: [], count: width)
    for (person, row) in responses.enumerated() {
      guard row.count == width else { throw CalibrationError.length(row: person, expected: width, found: row.count) }
      for (item, category) in row.enumerated() {
        guard let category else { continue }
        guard (0...63).contains(category) else { throw CalibrationError.category(row: person, item: item, category) }
        seen[item].insert(category)
      }
    }
    if let item = seen.firstIndex(where: { $0.count < 2 }) { throw CalibrationError.constant(item: item) }
    let kept = seen.map { $0.sorted() }
    let place = kept.map { used in Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, Int8(truncatingIfNeeded: $0)) }) }
    var known: [[Int8]: Int] = [:]
    var rows: [[Int8]] = []
    var counts: [Double] = []
    var rowOfPerson: [Int] = []
    for row in responses {
      let packed = row.enumerated().map { item, category in category.flatMap { place[item][$0] } ?? -1 }
      let number = known[packed] ?? rows.count
      if number == rows.count {
        known[packed] = number
        rows.append(packed)
        counts.append(0)
      }
      counts[number] += 1
      rowOfPerson.append(number)
    }
    items = width
    people = responses.count
    self.kept = kept
    categories = kept.map(\.count)
    self.rows = rows
    self.counts = counts
    self.rowOfPerson = rowOfPerson
  }
}

/// Why answers cannot be calibrated.
public enum CalibrationError: Error, Hashable, Sendable {
  /// There are no answers.
  case empty
  /// Rows must be equally long; rows count from 0.
  case length(row: Int, expected: Int, found: Int)
  /// A category must lie in 0...63.
  case category(row: Int, item: Int, Int)
  /// All answers to the item are the same: nothing can be learned about it.
  case constant(item: Int)
  /// The three-parameter model is for items with two categories.
  case notDichotomous(item: Int)
}
