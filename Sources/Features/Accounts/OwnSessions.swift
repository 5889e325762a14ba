import Kit
import Store
import Web

/// The browsers in which somebody is signed in.
struct ListOwnSessions: UseCase {
  struct Result: Output {
    let items: [Line]
    let hasOthers: Bool
  }

  struct Line: Output {
    let id: ID<SignInSession>
    let agent: String
    let address: String
    let by: SignInSession.Method
    let since: Moment
    let seen: Moment
    let isThis: Bool
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let now = world.now()
    let own: Int64? = if case .session(let id) = viewer.origin { id } else { nil }
    let rows = try tx.rows(
      """
      SELECT id, agent, address, method, created_at, seen_at FROM sign_in_session
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND expires_at > \(now) ORDER BY seen_at DESC, id DESC LIMIT 100
      """)
    let lines = try rows.map { row in
      let id: ID<SignInSession> = try row("id")
      return Line(
        id: id, agent: try row("agent"), address: try row("address"), by: try row("method"),
        since: Moment(try row("created_at"), viewer, now: now),
        seen: Moment(try row("seen_at"), viewer, now: now), isThis: id.value == own)
    }
    return Result(items: lines, hasOthers: lines.contains { !$0.isThis })
  }
}

/// Ends one of one's own sessions at the server.
struct EndOwnSession: UseCase {
  var session: ID<SignInSession>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let known = try tx.count(
      "SELECT count(*) FROM sign_in_session WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(session)")
    guard known == 1 else { throw Problem.notFound }
    // Over at once; the row itself goes with the next sweep.
    try tx.swap(
      """
      UPDATE sign_in_session SET expires_at = \(world.now())
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(session) AND expires_at > \(world.now())
      """, otherwise: .conflict(code: "session_ended", detail: "This session has ended already."))
    try tx.record(viewer, "sign_in.ended", viewer.person, [:], world)
    return Done()
  }
}

/// Ends all of one's own sessions but this one.
struct EndOtherSessions: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let own: Int64? = if case .session(let id) = viewer.origin { id } else { nil }
    try SignInSession.endAll(org: viewer.org, person: viewer.person, except: own, tx)
    try tx.record(viewer, "sign_in.ended", viewer.person, ["all": "others"], world)
    return Done()
  }
}
