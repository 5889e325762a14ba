import CalendarReading
import Foundation
import Scheduling
import Testing

@Suite("Two readers, one meaning") struct TwoReadersTests {
  /// How many calendars: 2,000, or as many as `TANDEM_TEST_CALENDARS` says (`make nightly` takes 100,000).
  static let many = ProcessInfo.processInfo.environment["TANDEM_TEST_CALENDARS"].flatMap { Int($0) } ?? 2_000

  @Test("what the quick reader does not decline it reads as libical does")
  func generated() throws {
    var generator = CalendarGenerator(random: SeededGenerator(state: 20_261_121))
    let rules = try FeedScene.rules()
    var reader = FeedReader(zones: FeedScene.tables, rules: rules)
    var (quick, times) = (0, 0)
    for number in 0..<Self.many {
      let calendar = generator.calendar()
      guard let reading = reader.read(calendar) else { continue }
      quick += 1
      times += reading.times.count
      let full = try CalendarFeed.readFully(calendar, rules, zones: FeedScene.tables)
      if reading != full {
        Issue.record(
          "calendar \(number): \(FeedScene.text(reading)) is not \(FeedScene.text(full))\n\(String(decoding: calendar, as: UTF8.self))")
        return
      }
    }
    #expect(quick > Self.many / 2)
    #expect(quick < Self.many)
    #expect(times > Self.many)
  }

  @Test("damaged bytes stop neither reader, and what the quick one still reads is the same", .timeLimit(.minutes(10)))
  func damaged() throws {
    var generator = CalendarGenerator(random: SeededGenerator(state: 8))
    let rules = try FeedScene.rules()
    var reader = FeedReader(zones: FeedScene.tables, rules: rules)
    var (quick, refused) = (0, 0)
    for number in 0..<Self.many {
      let source = number % 3 == 0 ? FeedCase.all[number / 3 % FeedCase.all.count].bytes : generator.calendar()
      let calendar = Self.damage(source, &generator.random)
      let reading = reader.read(calendar)
      do {
        let full = try CalendarFeed.readFully(calendar, rules, zones: FeedScene.tables)
        guard let reading else { continue }
        quick += 1
        if reading.times != full.times {
          Issue.record("\(FeedScene.text(reading)) is not \(FeedScene.text(full))\n\(String(decoding: calendar, as: UTF8.self))")
          return
        }
      } catch {
        refused += 1
      }
    }
    #expect(quick > Self.many / 20)
    #expect(refused > Self.many / 200)
  }

  private static func damage(_ source: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = source
    for _ in 0..<Int.random(in: 1...3, using: &random) where bytes.count > 60 {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      let other = Int.random(in: 0..<bytes.count, using: &random)
      let length = Int.random(in: 1...40, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[at] = Array("0123456789;:=,-TZ\r\n \"\\".utf8).randomElement(using: &random) ?? 0
      case 2: bytes.remove(at: at)
      case 3: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + length)], at: other)
      case 4: bytes.removeSubrange(at..<min(bytes.count, at + length))
      default: bytes.swapAt(at, other)
      }
    }
    return bytes
  }
}
