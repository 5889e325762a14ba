import CalendarReading
import Foundation
import Scheduling
import Testing

/// Where the tests read: Berlin, from 1 February to 1 June 2026, with the zone data of the system.
enum FeedScene {
  static let tables = ZoneFolder().tables()

  static func rules() throws -> FeedRules {
    let berlin = try tables.zone("Europe/Berlin")
    return FeedRules(owner: berlin, from: try instant("2026-02-01T00:00"), to: try instant("2026-06-01T00:00"))
  }

  static func instant(_ text: String) throws -> Int64 { Zone.utc.instant(of: try #require(LocalDateTime(text))) }

  static func calendar(_ lines: [String]) -> [UInt8] {
    Array((["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n").utf8)
  }

  static func event(_ lines: [String], uid: String = "a") -> [String] { ["BEGIN:VEVENT", "UID:\(uid)"] + lines + ["END:VEVENT"] }

  static func quick(_ bytes: [UInt8], _ rules: FeedRules) -> FeedReading? {
    var reader = FeedReader(zones: tables, rules: rules)
    return reader.read(bytes)
  }

  /// `2026-03-02T08:00 60`: UTC and minutes.
  static func text(_ reading: FeedReading) -> [String] {
    reading.times.map { "\(Zone.utc.local(at: $0.start)) \(($0.end - $0.start) / 60_000_000)" }
  }
}

/// Repeatable random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
