import Kit
import Matching
import Store
import Web

/// The window of a report.
enum ReportSpan: String, Choice {
  case month = "30"
  case quarter = "90"
  case year = "365"

  var days: Int { Int(rawValue) ?? 90 }
  var words: String { "\(rawValue) days" }
}

/// What the figures of a window rest on: everything is loaded once, each figure is then a rule without a database.
struct KPIs: Sendable {
  let sessions: SessionFigures
  let asks: [AskCohort]
  let waits: [Wait]
  let learning: LearningFigures
  let growth: GrowthFigures
  let learners: Int
  let raters: Int

  /// A constant number of statements, whatever the number of rows.
  static func load(org: ID<Organisation>, _ window: ReportSpan, _ tx: Transaction, _ world: World) throws -> KPIs {
    let now = world.now()
    let from = now - .days(window.days)
    let people = try SessionFlow.people(org: org, from: from, to: now, tx)
    return KPIs(
      sessions: try SessionFigures.load(org: org, from: from, to: now, tx), asks: try AskCohort.load(org: org, from: from, to: now, tx),
      waits: try AskFigures.load(org: org, from: from, to: now, now: now, tx).waits.map { Wait(minutes: $0.minutes, wasMet: $0.wasMet) },
      learning: try LearningFigures.load(org: org, from: from, to: now, tx, world),
      growth: try GrowthFigures.load(org: org, from: from, to: now, now: now, tx), learners: people.met, raters: people.rated)
  }

  var askers: Int { Set(asks.map(\.asker)).count }

  func value(_ kpi: KPI) -> KPIValue {
    switch kpi {
    case .completion:
      guard learning.planned > 0 else { return .cannotTell(kpi, "No lesson was assigned.") }
      return guarded(kpi, learning.assignees) { .share(kpi, learning.plannedDone, of: learning.planned, note: "assigned lessons") }
    case .quality:
      return guarded(kpi, sessions.ratings == 0 ? nil : raters) {
        .mean(kpi, n: sessions.ratings, sum: sessions.ratingSum, squares: sessions.ratingSquareSum)
      }
    case .applied:
      return guarded(kpi, growth.confirmed == 0 ? nil : growth.people) {
        KPIValue(
          kpi, value: "\(growth.confirmed)", number: Double(growth.confirmed),
          note: "by \(counted(growth.people, "person", "people")); \(growth.noted) noted")
      }
    case .advancement:
      return guarded(kpi, growth.advanced == 0 ? nil : growth.advancedPeople) {
        KPIValue(kpi, value: "\(growth.advanced)", number: Double(growth.advanced), note: "linked to skills")
      }
    case .retention:
      return guarded(kpi, learning.cards == 0 ? nil : learning.people) { retention }
    case .timeToHelp:
      return guarded(kpi, asks.isEmpty ? nil : askers) { .wait(waits) }
    case .coverage:
      guard !asks.isEmpty else { return .cannotTell(kpi, "Nothing was asked.") }
      return guarded(kpi, asks.isEmpty ? nil : askers) {
        .share(kpi, asks.count(where: \.wasMet), of: asks.count, note: "asks met or answered")
      }
    }
  }

  var all: [KPIValue] { KPI.allCases.map(value) }

  private var retention: KPIValue {
    guard let now = learning.recallNow, let later = learning.recallIn30Days else {
      return .cannotTell(.retention, "No card was answered yet.")
    }
    return KPIValue(
      .retention, value: "\(KPIValue.percent(now)) %", number: now, n: learning.cards,
      note: "in 30 days \(KPIValue.percent(later)) % without reviews")
  }

  /// A figure about fewer than five people is withheld; about nobody it is a plain zero.
  private func guarded(_ kpi: KPI, _ people: Int?, _ value: () -> KPIValue) -> KPIValue {
    guard let people else { return value() }
    return SmallGroups.shows(people) ? value() : .withheld(kpi)
  }
}
