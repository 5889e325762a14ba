import Kit
import Store
import Web

/// Corrects what the organisation knows of a member. A field that may be empty is emptied when it is left out; roles and state have acts
/// of their own.
struct EditMember: UseCase {
  var person: ID<Person>
  var name: String
  var email: String
  var title: String?
  var department: String?
  /// The address of another member.
  var managerEmail: String?
  var zone: String
  /// The version the form was made from.
  var version: Int

  static let rules: [String: Rule] = [
    "name": .text(1...120), "email": .email, "title": .text(0...120), "department": .text(0...120), "manager_email": .email, "zone": .zone,
  ]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> MemberDetail {
    // Managers are set one after the other, so that no two of them can close a circle.
    let member = try Standing.locked(person, viewer, tx)
    try MemberToEdit.admit(member)
    let email = try Address.normalised(email)
    let (manager, wrongManager) = try foundManager(viewer, tx)
    var faults: [String: String] = [:]
    if try isTaken(email, member, viewer, tx) { faults["email"] = "Somebody else here has this address, or had it before they left." }
    if let wrongManager { faults["manager_email"] = wrongManager }
    if !Zones.isKnown(zone) { faults["zone"] = Zones.unknown }
    guard faults.isEmpty else { throw Problem.invalid(faults) }
    let title = title?.trimmed ?? ""
    let department = department?.trimmed ?? ""
    var changed: [(name: String, value: SQL)] = []
    if name.trimmed != member.name { changed.append((name: "name", value: "name = \(name.trimmed)")) }
    if email != member.email { changed.append((name: "email", value: "email = \(email)")) }
    if title != member.title { changed.append((name: "title", value: "title = \(title)")) }
    if department != member.department { changed.append((name: "department", value: "department = \(department)")) }
    if manager != member.manager { changed.append((name: "manager_email", value: "manager_id = \(manager)")) }
    if zone != member.zone { changed.append((name: "zone", value: "zone = \(zone)")) }
    if changed.isEmpty { return member }
    try tx.swap(
      """
      UPDATE person SET \(SQL.joined(changed.map(\.value), by: ", ")), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(person) AND version = \(version)
      """, otherwise: Standing.changedMeanwhile)
    if email != member.email { try move(member, to: email, tx, viewer, world) }
    if zone != member.zone { try ChangedZone.follow(person, org: viewer.org, tx, world) }
    try tx.record(viewer, "person.changed", person, ["fields": changed.map(\.name).joined(separator: " ")], world)
    return try MemberDetail.find(person, for: viewer, tx)
  }

  /// Whether somebody else of the organisation has the address.
  private func isTaken(_ email: String, _ member: MemberDetail, _ viewer: Viewer, _ tx: Transaction) throws -> Bool {
    if email == member.email { return false }
    return try tx.count("SELECT count(*) FROM person WHERE org_id = \(viewer.org) AND email = \(email) AND id <> \(person)") > 0
  }

  /// The manager by their address, or what is wrong with it; nobody is their own, in one step or in many.
  private func foundManager(_ viewer: Viewer, _ tx: Transaction) throws -> (id: ID<Person>?, fault: String?) {
    guard let text = managerEmail?.trimmed, !text.isEmpty else { return (nil, nil) }
    guard let email = try? Address.normalised(text) else { return (nil, Address.unreadable) }
    let found: ID<Person>? = try tx.value("SELECT id FROM person WHERE org_id = \(viewer.org) AND email = \(email)")
    guard let found else { return (nil, "Nobody here has this address.") }
    let line = try tx.count(
      """
      WITH RECURSIVE line (id, manager_id) AS (
        SELECT id, manager_id FROM person WHERE org_id = \(viewer.org) AND id = \(found)
        UNION
        SELECT person.id, person.manager_id FROM person JOIN line ON person.id = line.manager_id WHERE person.org_id = \(viewer.org))
      SELECT count(*) FROM line WHERE id = \(person)
      """)
    if line == 0 { return (found, nil) }
    return (nil, found == person ? "Nobody is their own manager." : "They would be their own manager, by way of this one.")
  }

  /// The address before signs nobody in any more, nor does what was made with it: sign-ins, the password, API tokens. It hears of the
  /// change and not where to; the new one hears that it counts.
  private func move(_ member: MemberDetail, to email: String, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    try tx.run("UPDATE sign_in_code SET used_at = \(world.now()) WHERE email = \(member.email) AND used_at IS NULL")
    let own: Int64? = if case .session(let id) = viewer.origin, person == viewer.person { id } else { nil }
    try SignInSession.endAll(org: viewer.org, person: person, except: own, tx)
    try tx.run("DELETE FROM password WHERE org_id = \(viewer.org) AND person_id = \(person)")
    try tx.run(
      "UPDATE api_token SET revoked_at = \(world.now()) WHERE org_id = \(viewer.org) AND person_id = \(person) AND revoked_at IS NULL")
    let key = "address-changed/\(person)/\(member.version)"
    try tx.send(
      Letter(
        email: member.email, name: member.name, subject: "Your account has another address now",
        [
          "\(viewer.name), an administrator, changed the e-mail address of your account. Mails and codes go to the new one now.",
          "If you did not ask for this, write to \(viewer.name).",
        ]), org: viewer.org, key: key + "/before", world)
    try tx.send(
      Letter(
        email: email, name: name.trimmed, subject: "This is the address of your account now",
        [
          "\(viewer.name), an administrator, changed the e-mail address of your account to this one. Mails and codes come here now. Sign in with a code.",
          "If you do not know of this, write to \(viewer.name).",
        ], buttons: [.init("Sign in", "/sign-in")]), org: viewer.org, key: key + "/now", world)
  }
}

/// The form for correcting a member.
struct MemberToEdit: UseCase {
  var person: ID<Person>

  struct Page: Output {
    let name: String
    let href: String
    let form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let member = try MemberDetail.find(person, for: viewer, tx)
    try Self.admit(member)
    let manager = try member.manager.flatMap { try Addresses.of([$0], org: viewer.org, tx)[$0] }
    let known = Zones.names
    let zones = known.contains(member.zone) ? known : [member.zone] + known
    let href = "/members/\(person)"
    return Page(
      name: member.name, href: href,
      form: Form(
        href + "/edit", button: "Save", cancel: Form.Link("Cancel", href),
        [
          .text("name", "Name", value: member.name, autocomplete: "off", max: 120),
          .text(
            "email", "E-mail address", value: member.email,
            help: "They sign in with it. Another one signs them out, ends their password and API tokens, and both addresses are told.",
            type: "email", autocomplete: "off", inputmode: "email"),
          .text("title", "Title", value: member.title, autocomplete: "off", optional: true, max: 120),
          .text("department", "Department", value: member.department, autocomplete: "off", optional: true, max: 120),
          .text(
            "manager_email", "E-mail address of the manager", value: manager, help: "Of a member.", type: "email", autocomplete: "off",
            inputmode: "email", optional: true),
          .choose(
            .select, "zone", "Time zone", zones.map { Form.Option($0, $0.replacing("_", with: " "), chosen: $0 == member.zone) }),
          .hidden("version", "\(member.version)"),
        ]))
  }

  /// Whoever left is not corrected: an erased name must not come back.
  static func admit(_ member: MemberDetail) throws {
    guard member.state != .left else {
      throw Problem.conflict(code: "not_a_member", detail: "\(member.name) is not a member now.")
    }
  }
}
