import Kit
import Matching
import Store

/// How long an ask waited, as its row and the session it is booked for tell.
extension Wait {
  /// What `init(ask:now:)` reads.
  static let columns: SQL = """
    ask.opened_at, ask.met_at, ask.closed_at, ask.expires_at, (SELECT session.starts_at FROM session
      WHERE session.org_id = ask.org_id AND session.id = ask.session_id AND ask.state = 'booked') AS agreed_at
    """

  /// Up to the meeting, an agreed one included: whoever booked has found help. Without any an ask waited until it ended, and never
  /// longer than it could.
  init(ask row: Row, now: Instant) throws {
    let opened: Instant = try row("opened_at")
    let met: Instant? = try row.optional("met_at")
    let agreed: Instant? = try row.optional("agreed_at")
    let closed: Instant? = try row.optional("closed_at")
    let end: Instant? = try row.optional("expires_at")
    let left = min(closed ?? now, end ?? now)
    self.init(minutes: Int(((met ?? agreed ?? left) - opened).minutes), wasMet: met != nil || agreed != nil)
  }
}
