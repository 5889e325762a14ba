import Interchange
import Kit
import Store
import Web

/// The invitations of an organisation, newest first.
struct ListInvites: UseCase {
  var after: ID<Invite>?

  struct Result: Output {
    let items: [Line]
    let nextHref: String?
    let canInvite: Bool
    let empty: Bool
  }

  struct Line: Output {
    let id: ID<Invite>
    let label: String
    let roles: String
    let uses: String
    let ends: Moment
    let by: String
    let state: Invite.State
    let stateLabel: String
    let chip: String
    let isOpen: Bool
    /// What is asked before it is revoked.
    let question: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let now = world.now()
    let before: SQL = after.map { " AND invite.id < \($0)" } ?? ""
    let invites: [Invite] = try tx.all(
      """
      SELECT \(Invite.columns) FROM invite JOIN organisation ON organisation.id = invite.org_id
      WHERE invite.org_id = \(viewer.org)\(before) ORDER BY invite.id DESC LIMIT 51
      """)
    let makers = try Member.named(invites.map(\.createdBy), org: viewer.org, tx)
    let lines = invites.prefix(50).map { invite in
      let state = invite.state(now: now)
      return Line(
        id: invite.id, label: invite.email.isEmpty ? "Link for up to \(counted(invite.mostUses, "person", "people"))" : invite.email,
        roles: RoleWords.list(invite.roles), uses: invite.email.isEmpty ? "\(invite.uses) of \(invite.mostUses) used" : "",
        ends: Moment(invite.expiresAt, viewer, now: now), by: makers[invite.createdBy]?.name ?? "", state: state,
        stateLabel: state.rawValue.capitalized, chip: state == .open ? "good" : "plain", isOpen: state == .open,
        question: invite.question)
    }
    return Result(
      items: lines, nextHref: invites.count > 50 ? lines.last.map { "/invites?after=\($0.id)" } : nil, canInvite: true, empty: lines.isEmpty
    )
  }
}

extension Invite {
  fileprivate var question: String {
    email.isEmpty
      ? "Nobody can join by this link any more, wherever it was printed or sent." : "The link mailed to \(email) does not work any more."
  }
}

/// Invites one person by e-mail.
struct InviteByMail: UseCase {
  var email: String
  var name: String?
  var roles: [String]?
  static let rules: [String: Rule] = ["email": .email, "name": .text(0...120)]

  struct Result: Output {
    let id: ID<Invite>
    let email: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let email = try Address.normalised(email)
    let invite = try MakeInvite(email: email, name: name ?? "", roles: try Invitable.read(roles))(tx, viewer, world)
    try tx.send(
      Letter(
        email: email, name: name?.trimmed ?? "", subject: "\(viewer.name) invites you to \(viewer.orgName)",
        [
          "\(viewer.name) invites you to \(viewer.orgName) on Tandem: short, focused help from a person who knows, and lessons of a few minutes.",
          "The link works once and for \(Invite.longest) days. It is for this address only.",
        ], buttons: [.init("Join \(viewer.orgName)", "/join/\(invite.token)")]), org: viewer.org, key: "invite/\(invite.id)", world)
    return Result(id: invite.id, email: email)
  }

  static let page = Endpoint.page("/invites/new", allow: .manager, "accounts/invite-new", "Invite somebody by e-mail") {
    (tx, viewer, world, input: NoInput) in
    InviteForm(
      title: "Invite by e-mail", lede: "They get a mail with a link that works once, for this address, for \(Invite.longest) days.",
      form: Form(
        "/invites", button: "Send the invitation", cancel: Form.Link("Cancel", "/invites"),
        [
          .text("email", "E-mail address", type: "email", autocomplete: "off", inputmode: "email"),
          .text("name", "Name", help: "They can correct it.", autocomplete: "off", optional: true, max: 120),
          .choose(
            .checks, "roles", "Roles", Invitable.options(for: viewer), help: "Everybody is a member; choose what comes on top.",
            optional: true),
        ]))
  }
}

struct InviteForm: Output {
  let title: String
  let lede: String
  let form: Form
}

/// Makes a link and its QR code, to be shown once.
struct InviteByLink: Input {
  var mostUses: Int
  var days: Int
  static let rules: [String: Rule] = ["most_uses": .number(1...1000), "days": .number(1...14)]

  struct Result: Output {
    let id: ID<Invite>
    let url: String
    let qr: SafeHTML
    let orgName: String
    let mostUses: String
    let ends: Moment
  }

  static let page = Endpoint.page("/invites/links/new", allow: .manager, "accounts/invite-new", "Make a link and QR code") {
    (tx, viewer, world, input: NoInput) in
    InviteForm(
      title: "Invite with a link or QR code",
      lede: """
        For a poster, a slide or a chat. Whoever joins by it proves their e-mail address with a code first and is a member; \
        whoever wants to mentor applies.
        """,
      form: Form(
        "/invites/links", button: "Make the link", cancel: Form.Link("Cancel", "/invites"),
        [
          .stepper("most_uses", "How many people may join", value: 20, 1...1000), .stepper("days", "Days until it ends", value: 14, 1...14),
        ]))
  }

  static let endpoint = Endpoint.custom(
    .post, "/invites/links", allow: .manager, "Make an invitation link", input: InviteByLink.self, output: .of(Result.self)
  ) { call, input in
    let site = call.site
    let (result, viewer) = try await call.writing { tx in
      let viewer = try call.admit(tx)
      let invite = try MakeInvite(roles: .member, mostUses: input.mostUses, days: input.days)(tx, viewer, site.world)
      let url = site.settings.baseURL + "/join/\(invite.token)"
      let result = Result(
        id: invite.id, url: url, qr: SafeHTML(QRCode(url)?.svg(title: "QR code: join \(viewer.orgName)") ?? ""), orgName: viewer.orgName,
        mostUses: counted(input.mostUses, "person", "people"),
        ends: Moment(site.world.now() + .days(input.days), viewer, now: site.world.now()))
      return (result, viewer)
    }
    return try Answer.page("accounts/invite-link", result, viewer: viewer)
  }.with { $0.form = "/invites/links/new" }
}

/// Ends an invitation.
struct RevokeInvite: UseCase {
  var invite: ID<Invite>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let known = try tx.count("SELECT count(*) FROM invite WHERE org_id = \(viewer.org) AND id = \(invite)")
    guard known == 1 else { throw Problem.notFound }
    try tx.swap(
      "UPDATE invite SET revoked_at = \(world.now()) WHERE org_id = \(viewer.org) AND id = \(invite) AND revoked_at IS NULL AND uses < most_uses",
      otherwise: .conflict(code: "invite_ended", detail: "This invitation has ended already."))
    try tx.record(viewer, "invite.revoked", invite, [:], world)
    return Done()
  }
}
