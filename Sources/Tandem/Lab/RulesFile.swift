import Foundation

/// The same calendars as rows: `mentor,tz,kind,start_local,minutes,byday,until_utc,exdates`, with `|` between days and exceptions.
enum RulesFile {
  /// One calendar for each mentor, in iCalendar.
  static func calendars(_ path: String) throws -> [[UInt8]] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Configuration.Fault(description: "The file \(path) cannot be read.")
    }
    var events: [String] = []
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 8, let mentor = Int(fields[0]), (0...events.count).contains(mentor), events.count <= 1_000_000 else {
        throw Configuration.Fault(description: "The row “\(line)” of \(path) is not one of ascending mentors with eight fields.")
      }
      if mentor == events.count { events.append("") }
      events[mentor] += event(fields)
    }
    return events.map { Array("BEGIN:VCALENDAR\r\n\($0)END:VCALENDAR\r\n".utf8) }
  }

  private static func event(_ fields: [String]) -> String {
    let zone = fields[1]
    var lines = ["BEGIN:VEVENT", "DTSTART;TZID=\(zone):\(time(fields[3]))", "DURATION:PT\(fields[4])M"]
    if !fields[5].isEmpty {
      let until = fields[6].isEmpty ? "" : ";UNTIL=\(time(fields[6]))"
      lines.append("RRULE:FREQ=WEEKLY;BYDAY=\(fields[5].replacing("|", with: ","))\(until)")
    }
    lines += fields[7].split(separator: "|").map { "EXDATE;TZID=\(zone):\(time(String($0)))" }
    lines += ["SUMMARY:\(fields[2] == "avail" ? "available" : "busy")", "END:VEVENT", ""]
    return lines.joined(separator: "\r\n")
  }

  /// `20260223T073000` for `2026-02-23T07:30`; a final `Z` stays.
  private static func time(_ text: String) -> String {
    let digits = text.filter { $0 != "-" && $0 != ":" && $0 != "Z" }
    return digits.padding(toLength: 15, withPad: "0", startingAt: 0) + (text.hasSuffix("Z") ? "Z" : "")
  }
}
