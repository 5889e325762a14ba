import AdaptiveTesting
import Foundation

/// Files of adaptive tests: banks of items and answers.
enum TestFiles {
  /// A bank: CSV with `a,b` and, if they are there, `c` and `d`; one item a row.
  static func bank(_ path: String) throws -> [LogisticItem] {
    let file = try LabTable(path, required: ["a", "b"])
    let header = Set(file.table.header.map { $0.lowercased() })
    return try file.table.rows.map { row in
      let (a, b) = (try file.number(row, "a"), try file.number(row, "b"))
      let c = header.contains("c") ? try file.number(row, "c") : 0
      let d = header.contains("d") ? try file.number(row, "d") : 1
      do {
        return try LogisticItem(a: a, b: b, c: c, d: d)
      } catch {
        throw file.fault(row, "this is no item: a must be above 0, and 0 <= c < d <= 1.")
      }
    }
  }

  /// Answers: a line a person of `0`, `1` and `.` for none, with or without commas between; a header line is left out.
  static func answers(_ path: String, items: Int) throws -> [[Int?]] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Configuration.Fault(description: "The file \(path) cannot be read.")
    }
    var people: [[Int?]] = []
    for (number, line) in data.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let marks = line.filter { $0 != 13 && $0 != 44 && $0 != 32 }
      if marks.isEmpty || number == 0 && marks.contains(where: { $0 != 46 && $0 != 48 && $0 != 49 }) { continue }
      guard marks.count == items, marks.allSatisfy({ $0 == 46 || $0 == 48 || $0 == 49 }) else {
        throw Configuration.Fault(description: "\(path) line \(number + 1): \(items) answers are expected, each 0, 1 or a full stop.")
      }
      people.append(marks.map { $0 == 46 ? nil : Int($0) - 48 })
    }
    return people
  }

  /// Answers with a header of item names; categories 0, 1, 2, …; an empty field or a full stop for none.
  static func table(_ path: String) throws -> (names: [String], rows: [[Int?]]) {
    let file = try LabTable(path, required: [])
    let rows = try file.table.rows.map { row in
      try row.record.fields.prefix(file.table.header.count).map { field -> Int? in
        if field.isEmpty || field == "." || field == "NA" { return nil }
        guard let category = Int(field), (0...63).contains(category) else {
          throw file.fault(row, "an answer is not a category from 0 to 63: “\(field.prefix(40))”.")
        }
        return category
      }
    }
    return (file.table.header, rows)
  }
}
