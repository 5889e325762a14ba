import Foundation
import Scheduling
import Testing

/// The zones committed beside the tests, so that results do not depend on the machine's zone data.
let zoneFiles: [String: [UInt8]] = Dictionary(
  fixtureLines("zones").compactMap { line in
    let parts = line.split(separator: ",")
    guard parts.count == 2, let bytes = Data(base64Encoded: String(parts[1])) else { return nil }
    return (String(parts[0]), Array(bytes))
  }, uniquingKeysWith: { first, _ in first })

let tables = ZoneTables { zoneFiles[$0] }

func fixtureLines(_ name: String) -> [String] {
  guard let url = Bundle.module.url(forResource: name, withExtension: "csv"),
    let text = try? String(contentsOf: url, encoding: .utf8)
  else { return [] }
  return text.split(separator: "\n").map(String.init)
}

func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

func time(_ text: String) throws -> WallTime { try #require(WallTime(text)) }

func wall(_ text: String) throws -> LocalDateTime { try #require(LocalDateTime(text)) }

/// The minute at which clocks in `zone` show `text`.
func minute(_ text: String, _ zone: String = "Europe/Berlin") throws -> Int32 {
  MinuteClock.minutes(roundingDown: try tables.zone(zone).instant(of: wall(text)))
}

func interval(_ from: String, _ to: String, _ zone: String = "Europe/Berlin") throws -> Interval {
  Interval(start: try minute(from, zone), end: try minute(to, zone))
}

func window(_ from: String, _ to: String, kinds: [String] = []) throws -> DayWindow {
  DayWindow(from: try time(from), to: try time(to), kinds: kinds)
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
