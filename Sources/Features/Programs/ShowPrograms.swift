import Kit
import Scheduling
import Store
import Web

/// The window a report is asked for.
struct ReportWindow: Input {
  var window: ReportSpan?
  var chosen: ReportSpan { window ?? .quarter }
}

/// Everything a manager sees of the organisation: seven figures, the funnel, who learns from whom, load, and what needs them.
struct ShowPrograms: UseCase {
  var window: ReportSpan?

  struct Tabs: Output {
    struct Tab: Output {
      var label: String
      var href: String
      var current: Bool
    }
    var label: String
    var tabs: [Tab]
  }

  struct Stat: Output {
    var label: String
    var value: String
    var interval: String?
    var note: String?
    var n: Int?
    /// Words instead of a figure; not printed in the size of one.
    var isUnknown: Bool

    init(_ value: KPIValue) {
      label = value.name
      self.value = value.value
      interval = value.interval
      note = value.note
      n = value.n
      isUnknown = value.number == nil
    }
  }

  struct Definition: Output {
    var name: String
    var text: String
  }

  struct ProgramLine: Output {
    var name: String
    var href: String
    var people: Int
    var dates: String
    /// ISO 8601, as the last day.
    var startsOn: String
    var endsOn: String
    var template: String
  }

  struct Page: Output {
    var asOf: Moment
    /// Whose clock it is told by.
    var zone: String
    var window: ReportSpan
    var tabs: Tabs
    var stats: [Stat]
    var kpis: [KPIValue]
    var kpiTable: ReportTable
    var kpiCsv: String
    var definitions: [Definition]
    var needs: [Attention]
    var funnel: Funnel?
    var funnelTooFew: Bool
    var matrix: DepartmentMatrix?
    var load: MentorLoad?
    var programs: [ProgramLine]
    var closed: [ProgramLine]
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let report = try OrganisationReport.load(viewer, ReportWindow(window: window).chosen, tx, world)
    let values = report.kpis.all
    let programs = try Program.all(org: viewer.org, tx)
    return Page(
      asOf: Moment(world.now(), viewer, now: world.now()), zone: DisplayTime.place(viewer.zone), window: report.window,
      tabs: ShowPrograms.tabs(report.window), stats: values.map(Stat.init), kpis: values,
      kpiTable: report.kpiTable, kpiCsv: report.href("kpis"),
      definitions: KPI.allCases.map { Definition(name: $0.name, text: $0.formula) } + [
        Definition(name: "Funnel", text: Funnel.definition), Definition(name: "Who learns from whom", text: DepartmentMatrix.definition),
        Definition(name: "Load", text: MentorLoad.definition),
        Definition(name: "Fewer than 5 people", text: SmallGroups.definition),
      ], needs: try report.needs(viewer, tx, world), funnel: report.funnel, funnelTooFew: report.funnel == nil && !report.kpis.asks.isEmpty,
      matrix: report.matrix, load: report.load, programs: programs.filter { $0.closedAt == nil }.map(ProgramLine.init),
      closed: programs.filter { $0.closedAt != nil }.map(ProgramLine.init))
  }

  static func tabs(_ chosen: ReportSpan) -> Tabs {
    Tabs(
      label: "Window",
      tabs: ReportSpan.allCases.map { Tabs.Tab(label: $0.words, href: "/programs?window=\($0.rawValue)#kpis", current: $0 == chosen) })
  }
}

/// What page and files are made from.
struct OrganisationReport {
  let window: ReportSpan
  /// The first and the last day, ISO 8601, by the viewer's clock.
  let from: String
  let until: String
  let kpis: KPIs
  let flows: [SessionFlow]
  let totals: [DepartmentTotal]
  let entries: [MentorLoad.Entry]

  static func load(_ viewer: Viewer, _ window: ReportSpan, _ tx: Transaction, _ world: World) throws -> OrganisationReport {
    let kpis = try KPIs.load(org: viewer.org, window, tx, world)
    let now = world.now()
    let from = now - .days(window.days)
    let zone = Zones.zone(viewer.zone)
    return OrganisationReport(
      window: window, from: zone.local(at: from.microseconds).date.description, until: zone.local(at: now.microseconds).date.description,
      kpis: kpis, flows: try SessionFlow.load(org: viewer.org, from: from, to: now, tx),
      totals: try DepartmentTotal.load(org: viewer.org, from: from, to: now, tx),
      entries: try MentorLoad.entries(kpis.sessions, window, org: viewer.org, tx))
  }

  func href(_ name: String) -> String { "/programs/\(name).csv?window=\(window.rawValue)" }

  var funnel: Funnel? {
    SmallGroups.shows(kpis.askers) ? Funnel(kpis.asks, lastNoted: kpis.growth.lastNoted, csvHref: href("funnel")) : nil
  }

  var matrix: DepartmentMatrix? { DepartmentMatrix(flows, totals: totals, csvHref: href("matrix")) }
  var load: MentorLoad? { MentorLoad(entries, window: window, csvHref: href("load")) }

  var kpiTable: ReportTable {
    ReportTable(
      caption: "Figures of the last \(window.words)", columns: ["Figure", "Value", "Interval", "n", "Note", "Definition"],
      rows: kpis.all.map { [$0.name, $0.value, $0.interval ?? "", $0.n.map(String.init) ?? "", $0.note ?? "", $0.formula] }, numeric: [3])
  }

  func needs(_ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [Attention] {
    let now = world.now()
    let from = now - .days(window.days)
    let old = now - .days(2)
    return Attention.all(
      Attention.Facts(
        unanswered: kpis.asks.count { $0.isWaiting && $0.openedAt < old }, vetting: try Vetting.waiting(org: viewer.org, tx),
        disputes: try OpenEnds.disputes(org: viewer.org, tx), expired: kpis.asks.count(where: \.hasExpired),
        overloaded: entries.count(where: \.isOver), silent: try MentorPause.count(org: viewer.org, tx),
        unsettled: try OpenEnds.sessions(org: viewer.org, from: from, now: now, tx), noShows: kpis.sessions.noShows,
        toConfirm: kpis.growth.stale, topics: try OpenEnds.topics(org: viewer.org, from: from, to: now, tx)), window)
  }
}

extension ShowPrograms.ProgramLine {
  init(_ program: Program) {
    name = program.name
    href = program.href
    people = program.people
    dates = program.dates
    startsOn = program.startsOn.description
    endsOn = program.endsOn.description
    template = program.template.words
  }
}
