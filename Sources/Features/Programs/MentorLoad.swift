import Kit
import Scheduling
import Store
import Web

/// How much of their offered time mentors gave.
struct MentorLoad: Output, Hashable {
  struct Bar: Output, Hashable {
    var label: String
    var value: String
    var percent: Int
    /// The limit in percent of the longest bar; nil for who set none.
    var cap: Int?
    var href: String
  }

  var bars: [Bar]
  var finding: String
  var table: ReportTable
  var csvHref: String

  static let definition =
    "Minutes of sessions that took place in the window, by mentor; the mark is the weekly limit the mentor set, times the weeks of the window."

  struct Entry: Sendable {
    var member: Member
    var minutes: Int
    var sessions: Int
    /// Minutes that the mentor gives at most in the window.
    var budget: Int?

    var isOver: Bool { budget.map { Double(minutes) > 0.9 * Double($0) } ?? false }
  }

  init?(_ entries: [Entry], window: ReportSpan, csvHref: String) {
    guard !entries.isEmpty else { return nil }
    let longest = max(1, entries.map { max($0.minutes, $0.budget ?? 0) }.max() ?? 1)
    bars = entries.prefix(20).map { entry in
      Bar(
        label: entry.member.name, value: entry.budget.map { "\(entry.minutes) of \($0) min" } ?? "\(entry.minutes) min",
        percent: entry.minutes * 100 / longest, cap: entry.budget.map { min(99, $0 * 100 / longest) }, href: "/mentors/\(entry.member.id)")
    }
    let over = entries.count(where: \.isOver)
    finding = over == 0 ? "Nobody is over 90 % of the time they offered." : "\(counted(over, "mentor")) over 90 % of the time they offered."
    table = ReportTable(
      caption: "Load of mentors in the last \(window.words)",
      columns: ["Mentor", "Minutes in \(window.words)", "Sessions in \(window.words)", "Limit in \(window.words), minutes"],
      rows: entries.map { [$0.member.name, "\($0.minutes)", "\($0.sessions)", $0.budget.map(String.init) ?? "none"] }, numeric: [1, 2, 3])
    self.csvHref = csvHref
  }

  /// The load of the window in six statements, the fullest first.
  static func entries(_ sessions: SessionFigures, _ window: ReportSpan, org: ID<Organisation>, _ tx: Transaction) throws -> [Entry] {
    let ids = sessions.loads.map(\.mentor)
    let members = try Member.named(ids, org: org, tx)
    let rules = try AvailabilityRules.load(ids, org: org, tx)
    return sessions.loads.compactMap { load in
      members[load.mentor].map { member in
        let budget = rules[load.mentor]?.weeklyMinutes.map { Int($0) * window.days / 7 }
        return Entry(member: member, minutes: load.minutes, sessions: load.sessions, budget: budget)
      }
    }.sorted { ($1.minutes, $0.member.name) < ($0.minutes, $1.member.name) }
  }
}
