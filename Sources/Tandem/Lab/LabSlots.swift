import ArgumentParser
import CalendarReading
import Foundation
import Kit
import Scheduling

struct LabSlots: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slots", abstract: "Turn calendars into free slots.",
    discussion: """
      Reads 0.ics, 1.ics, … of a folder. Events called "available" open time, all others close it; slots stand on the grid of each \
      open block, lie inside it and touch nothing closed.
      Example: tandem lab slots calendars --from 2026-02-23T00:00:00Z --to 2026-04-20T00:00:00Z --minutes 30 --out slots.txt
      """)

  @Argument(help: "Folder with 0.ics, 1.ics, …") var folder: String
  @Option(help: "Instances that end after this instant count (RFC 3339).") var from: String
  @Option(help: "Instances that start before this instant count.") var to: String
  @Option(help: "Length of a slot.") var minutes = 30
  @Option(help: "One line for each calendar: its number, a colon, the starts in seconds since 1970.") var out: String?
  @Option(help: "Read the rules of this CSV file instead of calendars.") var rules: String?
  @Option(help: "Zone of floating times and whole days.") var zone = "UTC"

  private struct Report: Encodable {
    let solver = "tandem"
    let occurrences, slots: Int
    let readS, solveWallS, solveCpuS, parseCpuS, rssBeforeMb, peakMb: Double
  }

  func run() throws {
    guard let first = Instant(from), let last = Instant(to), first < last, (1...1_440).contains(minutes) else {
      throw Configuration.Fault(description: "Give --from before --to as in 2026-02-23T00:00:00Z, and --minutes from 1 to 1440.")
    }
    let before = LabClock.residentMegabytes()
    let (wall, cpu) = (LabClock.wall(), LabClock.cpu())
    let tables = ZoneFolder().tables()
    var solver = SlotSolver(
      tables: tables, window: FeedRules(owner: try tables.zone(zone), from: first.microseconds, to: last.microseconds))
    if let rules {
      for calendar in try RulesFile.calendars(rules) { calendar.withUnsafeBytes { solver.add($0, seconds: minutes * 60) } }
    } else {
      try readFolder(&solver)
    }
    let report = Report(
      occurrences: solver.occurrences, slots: solver.starts.count, readS: solver.readSeconds, solveWallS: LabClock.wall() - wall,
      solveCpuS: LabClock.cpu() - cpu, parseCpuS: solver.parseSeconds, rssBeforeMb: before, peakMb: LabClock.peakMegabytes())
    if let out { try solver.write(out) }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = .sortedKeys
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }

  private func readFolder(_ solver: inout SlotSolver) throws {
    var file = LabFile()
    var number = 0
    while true {
      let begin = LabClock.wall()
      guard let bytes = try file.read("\(folder)/\(number).ics") else { break }
      solver.readSeconds += LabClock.wall() - begin
      solver.add(bytes, seconds: minutes * 60)
      number += 1
    }
    if number == 0 { throw Configuration.Fault(description: "There is no \(folder)/0.ics.") }
  }
}
