import Foundation
import Jobs
import Kit
import Store

/// Works off what the queue of the past holds: deadlines run, letters are not sent to people who do not exist.
struct DueJobs {
  let company: Company

  func run(_ tx: Transaction, _ world: World) throws {
    let org = company.org
    let now = world.now()
    let kinds = [LapseOffer.kind, EndSession.kind, ExpireAsk.kind, OfferAgain.kind]
    let due = try tx.rows(
      """
      SELECT kind, payload FROM job WHERE org_id = \(org) AND state = 'ready' AND run_at <= \(now) AND kind IN \(SQL.list(kinds))
      ORDER BY run_at, id
      """)
    for row in due {
      let payload = Data(try row("payload", as: String.self).utf8)
      let decoder = JSONDecoder()
      switch try row("kind", as: String.self) {
      case LapseOffer.kind: try decoder.decode(LapseOffer.self, from: payload)(tx, org: org, world)
      case EndSession.kind: try decoder.decode(EndSession.self, from: payload)(tx, org: org, world)
      case ExpireAsk.kind: try decoder.decode(ExpireAsk.self, from: payload)(tx, org: org, world)
      case OfferAgain.kind: try decoder.decode(OfferAgain.self, from: payload)(tx, org: org, world)
      default: break
      }
    }
    try tx.run("DELETE FROM job WHERE org_id = \(org) AND state = 'ready' AND run_at <= \(now)")
  }
}
