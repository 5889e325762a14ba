import Jobs
import Kit
import Store
import Web

/// When the time of a session is over: it took place if both were there; it is a no-show if one was and the other was not.
/// When nobody said anything it stays as it is, and both are asked.
struct EndSession: Job {
  static let kind = "session-end"

  let session: ID<Session>
  let sequence: Int

  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    guard let current = try Session.find(session, org: org, tx), current.sequence == sequence, current.state == .booked,
      current.end <= world.now()
    else { return }
    let present = try Attendance.present(session, org: org, tx)
    if present.count == 2 {
      try current.turn(to: .met, tx)
      try tx.record(org: org, actor: nil, origin: "job", "session.met", session, [:], world)
    } else if let there = present.first {
      let missing = current.other(than: there)
      try current.turn(to: .noShow, tx)
      if let ask = current.ask { try Ask.released(ask, from: session, org: org, tx, world) }
      try Attendance.set(session, missing, .absent, by: nil, org: org, tx, world)
      try tx.record(org: org, actor: nil, origin: "job", "session.missed", session, ["absent": "\(missing)"], world)
    }
  }
}
