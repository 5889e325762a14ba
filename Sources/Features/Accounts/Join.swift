import Kit
import Store
import Web

struct JoinPage: Output {
  let title: String
  let lede: String
  let form: Form?
  let other: Form.Link?
}

/// Joins an organisation by an invitation. Looking at the link changes nothing; the invitation is used in the transaction that makes
/// the membership.
struct Join: Input {
  var token: String
  var name: String
  /// Put in by a script. Nobody is refused for what they did not type: for an unknown one the organisation's holds.
  var zone: String?
  static let rules: [String: Rule] = ["name": .text(1...120), "zone": .text(0...120)]

  struct Link: Input {
    var token: String
  }

  static let page = Endpoint.openPage("/join/:token", "accounts/join", "Join an organisation") { (tx, visitor, world, input: Link) in
    guard let invite = try Invite.open(input.token, tx, now: world.now()) else {
      return JoinPage(
        title: "This invitation has ended", lede: "It was used, taken back, or is too old. Ask whoever invited you for a new one.",
        form: nil,
        other: Form.Link("Sign in", "/sign-in"))
    }
    let roles = RoleWords.list(invite.roles).lowercased()
    let path = "/join/\(input.token)"
    guard let email = provenAddress(invite, visitor.cookies, visitor.site) else {
      return JoinPage(
        title: "Join \(invite.orgName)",
        lede: "You are invited as \(roles). First show that your e-mail address is yours: we send a code to it.",
        form: Form(
          "/sign-in/code", button: "E-mail me a code",
          [.text("email", "E-mail address", type: "email", autocomplete: "email", inputmode: "email"), .hidden("return", path)]),
        other: nil)
    }
    var zone = Form.Field.text("zone", "Time zone", value: try Self.zone(of: invite.org, tx), help: "Times are shown in this zone.")
    zone.zoneField = try Self.zone(of: invite.org, tx)
    return JoinPage(
      title: "Join \(invite.orgName)", lede: "You are invited as \(roles). Your address is \(email).",
      form: Form(
        path, button: "Join \(invite.orgName)", [.text("name", "Your name", value: invite.name, autocomplete: "name", max: 120), zone]),
      other: nil)
  }.with { $0.surface = .page }

  static let endpoint = Endpoint.custom(.post, "/join/:token", allow: .anyone, "Join an organisation", input: Join.self) { call, input in
    let site = call.site
    let now = site.world.now()
    let entry = try await call.writing { tx in
      guard let invite = try Invite.open(input.token, tx, now: now), let email = provenAddress(invite, call.cookies, site) else {
        throw Problem.conflict(
          code: "invite_ended", detail: "This invitation has ended, or your address is not proven any more. Open the link again.")
      }
      try tx.swap(
        """
        UPDATE invite SET uses = uses + 1 WHERE org_id = \(invite.org) AND id = \(invite.id) AND uses < most_uses AND revoked_at IS NULL
          AND expires_at > \(now)
        """, otherwise: .conflict(code: "invite_ended", detail: "Somebody used the last place of this invitation a moment ago."))
      let zone = try Zones.reported(input.zone) ?? Self.zone(of: invite.org, tx)
      let person = try enter(invite, email: email, name: input.name, zone: zone, tx, site.world)
      try tx.record(org: invite.org, actor: person, origin: "session", "invite.used", invite.id, [:], site.world)
      let joined = try Membership.of(email, tx).filter { $0.person == person }
      return try Entry.open(email, joined, by: .invite, call, tx)
    }
    var answer = try entry.answer("/", by: .invite, site)
    if case .acted(let value, var destination) = answer.content {
      destination.text = "You have joined. Welcome."
      answer.content = .acted(value, destination)
    }
    return answer
  }.with {
    $0.surface = .page
    $0.form = "/join/:token"
  }

  /// Makes the member, or brings back one who left: only by an invitation that was mailed to them after they had left.
  private static func enter(
    _ invite: Invite, email: String, name: String, zone: String, _ tx: Transaction, _ world: World
  ) throws -> ID<Person> {
    let left = try tx.row(
      "SELECT left_at FROM person WHERE org_id = \(invite.org) AND email = \(email) AND state = \("left")\(tx.dialect.forUpdate)")
    if let left {
      let since: Instant? = try left.optional("left_at")
      guard !invite.email.isEmpty, since.map({ invite.createdAt >= $0 }) ?? true else {
        throw Problem.conflict(
          code: "was_member",
          detail: "You were a member of \(invite.orgName) before. To come back, ask for a new invitation mailed to your address.")
      }
    }
    let former: ID<Person>? = try tx.value(
      """
      UPDATE person SET state = \("active"), name = \(name.trimmed), roles = \(invite.roles.rawValue), zone = \(zone),
        joined_at = \(world.now()), left_at = NULL, version = version + 1
      WHERE org_id = \(invite.org) AND email = \(email) AND state = \("left") RETURNING id
      """)
    if let former {
      try tx.record(org: invite.org, actor: former, origin: "session", "person.returned", former, [:], world)
      return former
    }
    var member = CreateMember(email: email, name: name, zone: zone)
    member.roles = invite.roles
    return try member(tx, org: invite.org, by: nil, origin: "session", world)
  }

  /// The address that the invitation admits here: the one it was mailed to, or one proven in this browser.
  private static func provenAddress(_ invite: Invite, _ cookies: [String: String], _ site: Site) -> String? {
    if !invite.email.isEmpty { return invite.email }
    // A password proves who somebody is in one organisation, not that they read the mail of the address.
    guard let proof = AddressProof.read(cookies, site), proof.method == .code else { return nil }
    return proof.email
  }

  private static func zone(of org: ID<Organisation>, _ tx: Transaction) throws -> String {
    try tx.value("SELECT zone FROM organisation WHERE id = \(org)") ?? "UTC"
  }
}
