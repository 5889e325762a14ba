import CalendarReading
import Foundation
import Scheduling
import Testing

/// Ten calendars of a public sample with the slots that libical 3.0.16, python-dateutil 2.9 and recurring-ical-events 3.8 agree on.
@Suite("Calendars in, slots out") struct SampleTests {
  private func file(_ name: String) throws -> [UInt8] {
    let folder = try #require(Bundle.module.url(forResource: "Sample", withExtension: nil))
    return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  private func rules() throws -> FeedRules {
    var rules = FeedRules(
      owner: .utc, from: try FeedScene.instant("2026-02-23T00:00"), to: try FeedScene.instant("2026-04-20T00:00"))
    rules.marker = "available"
    return rules
  }

  @Test("the slots of ten mentors over three changes of clocks are byte for byte those of the peers")
  func slots() throws {
    var reader = FeedReader(zones: FeedScene.tables, rules: try rules())
    var grid = BlockGrid()
    var text = ""
    for number in 0..<10 {
      let isRead = try file("\(number).ics").withUnsafeBytes { reader.scan($0) }
      #expect(isRead)
      var starts: [Int64] = []
      grid.appendStarts(of: reader.collector.occurrences, seconds: 1_800, to: &starts)
      text += "\(number):\(starts.map(String.init).joined(separator: ","))\n"
    }
    try #expect(text == String(decoding: file("slots.txt"), as: UTF8.self))
  }

  @Test("libical reads the same times")
  func full() throws {
    for number in 0..<10 {
      let bytes = try file("\(number).ics")
      let full = try CalendarFeed.readFully(bytes, rules(), zones: FeedScene.tables)
      #expect(full.times.count > 20)
      try #expect(CalendarFeed.read(bytes, rules(), zones: FeedScene.tables) == full)
    }
  }
}
