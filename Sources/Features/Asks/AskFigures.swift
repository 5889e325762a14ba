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
  /// Minutes from opened to met, or as long as an ask waited without it.
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
      SELECT state, opened_at, met_at, closed_at FROM ask WHERE org_id = \(org) AND opened_at >= \(from) AND opened_at < \(to)
      """)
    var figures = AskFigures()
    for row in rows {
      let opened: Instant = try row("opened_at")
      let met: Instant? = try row.optional("met_at")
      let closed: Instant? = try row.optional("closed_at")
      figures.opened += 1
      if met != nil { figures.met += 1 }
      switch try row("state", as: Ask.State.self) {
      case .answered: figures.answered += 1
      case .expired: figures.expired += 1
      case .withdrawn: figures.withdrawn += 1
      default: break
      }
      figures.waits.append(Waited(minutes: Int(((met ?? closed ?? now) - opened).minutes), wasMet: met != nil))
    }
    return figures
  }
}
