import Kit
import Store
import Web

/// Gives and takes roles. The member's sessions end, so that none goes on with the rights before.
struct SetRoles: UseCase {
  var person: ID<Person>
  var roles: [String]?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Standing {
    let wanted = try Invitable.read(roles)
    let member = try Standing.locked(person, viewer, tx)
    guard member.state == .active || member.state == .suspended else {
      throw Problem.conflict(code: "not_a_member", detail: "\(member.name) is not a member now.")
    }
    if wanted == member.roleSet { return Standing(member) }
    if !wanted.contains(.admin) { try Standing.keepAnAdministrator(without: member, viewer, tx) }
    try tx.swap(
      """
      UPDATE person SET roles = \(wanted.rawValue), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(person) AND version = \(member.version)
      """, otherwise: Standing.changedMeanwhile)
    try Invite.end(madeBy: person, holding: wanted, tx, viewer, world)
    if member.roleSet.contains(.mentor), !wanted.contains(.mentor) { try Offer.end(of: person, tx, viewer, world) }
    // One's own session stays: it was just proven, and roles are read afresh at each request.
    let own: Int64? = if case .session(let id) = viewer.origin, person == viewer.person { id } else { nil }
    try SignInSession.endAll(org: viewer.org, person: person, except: own, tx)
    try tx.record(
      viewer, "person.roles_changed", person,
      ["from": member.roles.joined(separator: " "), "to": wanted.words.joined(separator: " ")], world)
    return Standing(try MemberDetail.find(person, for: viewer, tx))
  }
}

/// Shuts a member out until they are reactivated. Sessions to come, single and of groups, are called off, open asks and invitations end; the
/// rest of theirs is kept.
struct SuspendMember: UseCase {
  var person: ID<Person>
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Standing {
    try Standing.change(person, from: [.active], to: .suspended, verb: "person.suspended", tx, viewer, world)
  }
}

/// Lets a suspended member, or one who left, in again.
struct ReactivateMember: UseCase {
  var person: ID<Person>
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Standing {
    try Standing.change(person, from: [.suspended, .left, .invited], to: .active, verb: "person.reactivated", tx, viewer, world)
  }
}

/// Ends a membership. What the member did with others stays; erasure is an act of its own.
struct RemoveMember: UseCase {
  var person: ID<Person>
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Standing {
    try Standing.change(person, from: [.active, .suspended, .invited], to: .left, verb: "person.left", tx, viewer, world)
  }
}

/// How a member stands after a change.
struct Standing: Output {
  let person: ID<Person>
  let name: String
  let state: PersonState
  let roles: [String]
  /// Sessions and group sessions that the change called off. They stay so, whatever comes after.
  let cancelled: Int

  init(_ member: MemberDetail, cancelled: Int = 0) {
    person = member.id
    name = member.name
    state = member.state
    roles = member.roles
    self.cancelled = cancelled
  }

  /// What does not come back when the member is made active again; empty when nothing was called off.
  var loss: String { cancelled == 0 ? "" : " Cancelled sessions stay cancelled." }

  static let changedMeanwhile = Problem.conflict(
    code: "changed_meanwhile", detail: "Somebody changed this member a moment ago. Look again.")

  static func change(
    _ person: ID<Person>, from states: Set<PersonState>, to state: PersonState, verb: String, _ tx: Transaction, _ viewer: Viewer,
    _ world: World
  ) throws -> Standing {
    let member = try locked(person, viewer, tx)
    guard states.contains(member.state) else {
      throw Problem.conflict(code: "wrong_state", detail: "\(member.name) is \(member.state.label.lowercased()) now.")
    }
    if state != .active { try keepAnAdministrator(without: member, viewer, tx) }
    let now = world.now()
    let ending = try state == .active ? Leaving() : Leaving.of(member, viewer, tx, now: now)
    let left: Instant? = state == .left ? now : nil
    try tx.swap(
      """
      UPDATE person SET state = \(state), left_at = \(left), joined_at = coalesce(joined_at, \(now)), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(person) AND version = \(member.version)
      """, otherwise: changedMeanwhile)
    if state != .active {
      try SignInSession.endAll(org: viewer.org, person: person, tx)
      try tx.run("UPDATE api_token SET revoked_at = \(now) WHERE org_id = \(viewer.org) AND person_id = \(person) AND revoked_at IS NULL")
      try Invite.end(madeBy: person, holding: [], tx, viewer, world)
    }
    // Sessions first: an ask whose session is called off is open again, and ends then with the others.
    if state != .active, member.state == .active {
      try Sessions.end(of: person, tx, viewer, world)
      try GroupSession.end(of: person, tx, viewer, world)
      try Ask.end(of: person, tx, viewer, world)
      try Offer.end(of: person, tx, viewer, world)
    }
    if state == .left { try forgetStandingTime(of: person, viewer.org, tx) }
    try tx.record(viewer, verb, person, [:], world)
    return Standing(try MemberDetail.find(person, for: viewer, tx), cancelled: ending.sessions + ending.groups)
  }

  /// Removes what only a member has: the password, and hours and addresses that go on from week to week.
  private static func forgetStandingTime(of person: ID<Person>, _ org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run("DELETE FROM password WHERE org_id = \(org) AND person_id = \(person)")
    try tx.run("DELETE FROM weekly_window WHERE org_id = \(org) AND person_id = \(person)")
    try tx.run("DELETE FROM learning_window WHERE org_id = \(org) AND person_id = \(person)")
    try tx.run("DELETE FROM calendar_address WHERE org_id = \(org) AND person_id = \(person)")
    try tx.run("DELETE FROM busy_time WHERE org_id = \(org) AND person_id = \(person)")
    try tx.run("DELETE FROM busy_feed WHERE org_id = \(org) AND person_id = \(person)")
  }

  /// The member, with the organisation's administrators locked: two who demote each other at once are decided one after the other.
  static func locked(_ person: ID<Person>, _ viewer: Viewer, _ tx: Transaction) throws -> MemberDetail {
    _ = try tx.rows(
      """
      SELECT id FROM person WHERE org_id = \(viewer.org) AND state = \("active") AND (roles & \(Roles.admin.rawValue)) <> 0
      ORDER BY id\(tx.dialect.forUpdate)
      """)
    return try MemberDetail.find(person, for: viewer, tx)
  }

  /// Refuses to take the last administrator away.
  static func keepAnAdministrator(without member: MemberDetail, _ viewer: Viewer, _ tx: Transaction) throws {
    guard member.roleSet.contains(.admin), member.state == .active else { return }
    let others = try tx.count(
      """
      SELECT count(*) FROM person WHERE org_id = \(viewer.org) AND state = \("active") AND (roles & \(Roles.admin.rawValue)) <> 0
        AND id <> \(member.id)
      """)
    guard others > 0 else {
      throw Problem.conflict(code: "last_administrator", detail: "\(member.name) is the only administrator. Make somebody else one first.")
    }
  }
}
