import Kit
import Store
import Web

/// A member, for administrators: facts, roles, and what can be done.
struct ShowMember: UseCase {
  var person: ID<Person>

  struct Result: Output {
    let member: MemberDetail
    let initials: String
    let ground: Int
    let stateLabel: String
    let chip: String
    let manager: String?
    let joined: Moment?
    let sessions: Int
    let tokens: Int
    /// "1 browser and 2 API tokens".
    let signedIn: String
    let roleForm: Form?
    let suspendForm: Form?
    let reactivateForm: Form?
    let removeForm: Form?
    let auditHref: String
    let editHref: String?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let member = try MemberDetail.find(person, for: viewer, tx)
    let now = world.now()
    let sessions = try tx.count(
      "SELECT count(*) FROM sign_in_session WHERE org_id = \(viewer.org) AND person_id = \(person) AND expires_at > \(now)")
    let tokens = try tx.count(
      """
      SELECT count(*) FROM api_token WHERE org_id = \(viewer.org) AND person_id = \(person) AND revoked_at IS NULL AND expires_at > \(now)
      """)
    var signedIn: [String] = []
    if sessions > 0 { signedIn.append(counted(sessions, "browser")) }
    if tokens > 0 { signedIn.append(counted(tokens, "API token")) }
    let manager = try member.manager.flatMap { try Member.find([$0], org: viewer.org, tx).first?.name }
    let path = "/members/\(person)"
    let isHere = member.state == .active || member.state == .suspended
    let effect = try Leaving.of(member, viewer, tx, now: now).words(browsers: sessions, tokens: tokens)
    return Result(
      member: member, initials: Avatar.initials(member.name), ground: Avatar.ground(member.id), stateLabel: member.state.label,
      chip: member.state.chip, manager: manager, joined: member.joined.map { Moment($0, viewer, now: now) }, sessions: sessions,
      tokens: tokens, signedIn: signedIn.isEmpty ? "Nowhere" : listed(signedIn),
      roleForm: isHere
        ? Form(
          path + "/roles", button: "Save roles", id: "roles",
          [
            .choose(
              .checks, "roles", "Roles", Invitable.options(for: viewer, chosen: member.roleSet), help: "A change signs them out once.")
          ]) : nil,
      suspendForm: member.state == .active ? act(path + "/suspend", "Suspend", "suspend", effect) : nil,
      reactivateForm: member.state == .suspended || member.state == .left
        ? Form(path + "/reactivate", button: "Reactivate", id: "reactivate", []) : nil,
      removeForm: isHere
        ? act(path + "/remove", "Remove from the organisation", "remove", effect + ["What they wrote with others stays."]) : nil,
      auditHref: "/admin/audit?actor=\(person)", editHref: member.state == .left ? nil : path + "/edit")
  }

  private func act(_ action: String, _ button: String, _ id: String, _ effect: [String]) -> Form {
    var form = Form(action, button: button, id: id, danger: id == "remove", [])
    form.confirm = effect.joined(separator: " ")
    form.quiet = true
    return form
  }
}
