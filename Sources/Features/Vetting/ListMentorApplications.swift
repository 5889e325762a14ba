import Interchange
import Kit
import Store
import Web

/// Applications of the organisation, those that wait first.
struct ListMentorApplications: UseCase {
  enum Filter: String, Choice {
    case waiting, decided, recheck

    var name: String {
      switch self {
      case .waiting: "Waiting"
      case .decided: "Decided"
      case .recheck: "To look at again"
      }
    }
  }

  var show: Filter?
  var after: ID<Vetting.Application>?

  static let rows = 50

  struct Line: Output {
    let id: ID<Vetting.Application>
    let name: String
    let department: String
    let state: String
    let reach: String
    let applied: Moment
    let recheck: Moment?
  }

  struct Tab: Output {
    let label: String
    let href: String
    let current: Bool
  }

  struct Page: Output {
    let tabs: [Tab]
    let applications: [Line]
    let table: Table?
    let isEmpty: Bool
    let emptyText: String
    let nextHref: String?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let filter = show ?? .waiting
    let found = try ListMentorApplications.lines(filter, after: after, limit: ListMentorApplications.rows + 1, viewer, tx, world)
    let lines = Array(found.prefix(ListMentorApplications.rows))
    return Page(
      tabs: Filter.allCases.map { Tab(label: $0.name, href: "/vetting?show=\($0.rawValue)", current: $0 == filter) },
      applications: lines.map(\.line),
      table: lines.isEmpty ? nil : table(lines, filter), isEmpty: lines.isEmpty, emptyText: ListMentorApplications.empty(filter),
      nextHref: found.count > lines.count ? lines.last.map { "/vetting?after=\($0.line.id)&show=\(filter.rawValue)" } : nil)
  }

  private static func empty(_ filter: Filter) -> String {
    switch filter {
    case .waiting: "No application waits. Whoever wants to mentor applies under You."
    case .decided: "Nothing is decided yet."
    case .recheck: "No mentor has to be looked at again within 30 days."
    }
  }

  private func table(_ lines: [(line: Line, chip: String)], _ filter: Filter) -> Table {
    Table(
      caption: filter.name,
      columns: [.init("Name"), .init("Department"), .init("State"), .init("Wants to help"), .init("Applied"), .init("Look again")],
      rows: lines.map { line, chip in
        [
          .header(line.name, href: "/vetting/\(line.id)"), .text(line.department), .chip(line.state, chip), .text(line.reach),
          .text(line.applied.day),
          .text(line.recheck?.day ?? ""),
        ]
      }, csvHref: "/vetting/list.csv?show=\(filter.rawValue)")
  }

  static func lines(
    _ filter: Filter, after: ID<Vetting.Application>?, limit: Int, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> [(line: Line, chip: String)] {
    let now = world.now()
    let soon = now + .days(30)
    let condition: SQL =
      switch filter {
      case .waiting: "state = 'applied'"
      case .decided: "state IN ('approved', 'declined')"
      case .recheck: "state = 'approved' AND recheck_at <= \(soon)"
      }
    let beyond: SQL = after.map { "AND id < \($0)" } ?? ""
    let found: [Vetting.Application] = try tx.all(
      """
      SELECT \(Vetting.Application.columns) FROM vetting WHERE org_id = \(viewer.org) AND \(condition) \(beyond) ORDER BY id DESC LIMIT \(limit)
      """)
    let people = try Member.named(found.map(\.person), org: viewer.org, tx)
    return found.map { application in
      let line = Line(
        id: application.id, name: people[application.person]?.name ?? "", department: people[application.person]?.department ?? "",
        state: application.state.name, reach: application.reach.name, applied: Moment(application.appliedAt, viewer, now: now),
        recheck: application.recheckAt.map { Moment($0, viewer, now: now) })
      return (line, application.state.chip)
    }
  }

  /// The day of a moment as a spreadsheet reads it: 2026-11-23.
  private static func date(_ moment: Moment) -> String { String(moment.at.prefix(10)) }

  /// The same list as a file.
  static let csv = Endpoint.custom(
    .get, "/vetting/list.csv", allow: .manager, "Download applications as CSV", input: ListMentorApplications.self
  ) { call, input in
    let list = try await call.reading { tx in
      let viewer = try call.admit(tx)
      return try ListMentorApplications.lines(input.show ?? .waiting, after: nil, limit: 10_000, viewer, tx, call.site.world).map(\.line)
    }
    let head: [CSV.Cell] = ["name", "department", "state", "wants to help", "applied", "look again"]
    let rows = list.map { line -> [CSV.Cell] in
      [
        .text(line.name), .text(line.department), .text(line.state), .text(line.reach), .text(date(line.applied)),
        .text(line.recheck.map { date($0) } ?? ""),
      ]
    }
    return .csv(CSV.text([head] + rows), fileName: "mentor-applications.csv")
  }.with { $0.contentType = "text/csv" }
}
