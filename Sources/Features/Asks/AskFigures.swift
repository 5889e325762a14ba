import Kit
import Matching
import Store

/// What became of the asks of a window: for KPIs, dashboards and the honest wait.
struct AskFigures: Sendable, Hashable {
  var opened = 0
  /// Opened and met since.
  var met = 0
  /// Opened and answered since.
  var answered = 0
  var expired = 0
  var withdrawn = 0
  /// Minutes from opened to the meeting, or as long as an ask waited without one.
  var waits: [Waited] = []

  struct Waited: Sendable, Hashable {
    var minutes: Int
    var wasMet: Bool
  }

  /// Asks opened in `from ..< to`, in one statement.
  static func load(
    org: ID<Organisation>, from: Instant, to: Instant, now: Instant, _ tx: Transaction
  ) throws -> AskFigures {
    let rows = try tx.rows(
      """
      SELECT ask.state, \(Wait.columns) FROM ask
      WHERE ask.org_id = \(org) AND ask.opened_at >= \(from) AND ask.opened_at < \(to)
      """)
    var figures = AskFigures()
    for row in rows {
      let met: Instant? = try row.optional("met_at")
      figures.opened += 1
      if met != nil { figures.met += 1 }
      switch try row("state", as: Ask.State.self) {
      case .answered: figures.answered += 1
      case .expired: figures.expired += 1
      case .withdrawn: figures.withdrawn += 1
      default: break
      }
      let wait = try Wait(ask: row, now: now)
      figures.waits.append(Waited(minutes: wait.minutes, wasMet: wait.wasMet))
    }
    return figures
  }
}
