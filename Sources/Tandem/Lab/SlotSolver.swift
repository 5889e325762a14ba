import CalendarReading
import Foundation
import Scheduling

/// Calendars in, slots out; keeps nothing but the answer.
struct SlotSolver {
  private(set) var occurrences = 0
  private(set) var starts: [Int64] = []
  /// Where the starts of each calendar end.
  private var ends: [Int] = []
  private(set) var parseSeconds = 0.0
  var readSeconds = 0.0
  private let tables: ZoneTables
  private let rules: FeedRules
  private var reader: FeedReader
  private var grid = BlockGrid()

  init(tables: ZoneTables, window: FeedRules) {
    var rules = window
    rules.marker = "available"
    rules.transparentIsFree = false
    rules.mostComponents = 1_000_000
    rules.mostInstances = 1_000_000
    rules.mostInAll = 4_000_000
    self.tables = tables
    self.rules = rules
    reader = FeedReader(zones: tables, rules: rules)
  }

  /// Adds the slots of one calendar.
  mutating func add(_ bytes: UnsafeRawBufferPointer, seconds: Int) {
    let begin = LabClock.cpu()
    if reader.scan(bytes) {
      parseSeconds += LabClock.cpu() - begin
      occurrences += reader.collector.occurrences.count
      grid.appendStarts(of: reader.collector.occurrences, seconds: Int64(seconds), to: &starts)
    } else {
      let found = FullFeedReader(zones: tables, rules: rules).occurrences(Array(bytes))
      parseSeconds += LabClock.cpu() - begin
      occurrences += found.count
      grid.appendStarts(of: found, seconds: Int64(seconds), to: &starts)
    }
    ends.append(starts.count)
  }

  /// One line for each calendar: `number:start,start,…`.
  func write(_ path: String) throws {
    var text: [UInt8] = []
    text.reserveCapacity(starts.count * 11 + ends.count * 8)
    var first = 0
    for (number, end) in ends.enumerated() {
      Self.append(Int64(number), to: &text)
      text.append(UInt8(ascii: ":"))
      for index in first..<end {
        if index > first { text.append(UInt8(ascii: ",")) }
        Self.append(starts[index], to: &text)
      }
      text.append(UInt8(ascii: "\n"))
      first = end
    }
    guard FileManager.default.createFile(atPath: path, contents: Data(text)) else {
      throw Configuration.Fault(description: "The file \(path) cannot be written.")
    }
  }

  private static func append(_ number: Int64, to text: inout [UInt8]) {
    let first = text.count
    var rest = number.magnitude
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { text.append(UInt8(ascii: "-")) }
    text[first...].reverse()
  }
}
