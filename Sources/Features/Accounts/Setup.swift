import Kit
import Store
import Web

struct SetupPage: Output {
  let isOpen: Bool
  /// Whether there is no administrator yet.
  let isNeeded: Bool
  let hasCode: Bool
  let form: Form?
}

/// Makes the first organisation and its administrator, with the one-time code that `tandem serve` prints.
struct Setup: Input {
  var code: String
  var organisation: String
  var zone: String
  var name: String
  var email: String
  var password: Secret<String>
  /// The address is looked at together with the password, so that both faults are told at once.
  static let rules: [String: Rule] = [
    "code": .text(1...200), "organisation": .text(1...120), "zone": .zone, "name": .text(1...120), "email": .text(1...254),
    "password": .text(1...1000),
  ]

  struct Code: Input {
    var code: String?
  }

  static let page = Endpoint.openPage("/setup", allow: .setup, "accounts/setup", "Set Tandem up") { (tx, visitor, world, input: Code) in
    let code = input.code ?? ""
    let isOpen = try SetupLink.isOpen(code, tx, now: world.now())
    var zone = Form.Field.text("zone", "Time zone", value: "UTC", help: "Such as Europe/Berlin. Everybody can choose their own later.")
    zone.zoneField = "UTC"
    let form = Form(
      "/setup", button: "Set up Tandem",
      [
        .hidden("code", code), .text("organisation", "Name of your organisation", autocomplete: "organization", max: 120), zone,
        .text("name", "Your name", autocomplete: "name", max: 120),
        .text("email", "Your e-mail address", type: "email", autocomplete: "username", inputmode: "email"),
        .text(
          "password", "Password",
          help: "At least \(PasswordRules.shortest) characters; a sentence is fine. It works even when mail does not.",
          type: "password", autocomplete: "new-password"),
      ])
    return SetupPage(
      isOpen: isOpen, isNeeded: try SetupLink.isNeeded(tx), hasCode: !code.isEmpty, form: isOpen ? form : nil)
  }.with { $0.surface = .page }

  static let endpoint = Endpoint.custom(.post, "/setup", allow: .setup, "Set Tandem up", input: Setup.self) { call, input in
    let site = call.site
    let world = site.world
    try await call.reading { tx in
      guard try SetupLink.isOpen(input.code, tx, now: world.now()) else { throw ended }
    }
    let email = try input.checked()
    let hash = try await PasswordPool.shared.hash(input.password, world)
    let entry = try await call.writing { tx in
      guard try SetupLink.isOpen(input.code, tx, now: world.now()) else { throw ended }
      try SetupLink.consume(input.code, tx, now: world.now())
      let org = try CreateOrganisation(name: input.organisation, zone: input.zone, origin: "session")(tx, world)
      var member = CreateMember(email: email, name: input.name, zone: input.zone)
      member.roles = [.member, .manager, .admin]
      let person = try member(tx, org: org, by: nil, origin: "session", world)
      try Password.store(hash, org: org, person: person, tx, world)
      try tx.record(org: org, actor: person, origin: "session", "installation.set_up", org, [:], world)
      return try Entry.open(email, try Membership.of(email, tx).filter { $0.org == org }, by: .setup, call, tx)
    }
    site.needsSetup.store(false, ordering: .relaxed)
    return try entry.answer("/admin/start", by: .setup, site)
  }.with {
    $0.surface = .page
    $0.form = "/setup"
  }

  /// The address as it is kept. Every fault of address, zone and password is told at once, each at its field.
  private func checked() throws(Problem) -> String {
    var faults: [String: String] = [:]
    let kept = try? Address.normalised(email)
    if kept == nil { faults["email"] = Address.unreadable }
    if !Zones.isKnown(zone) { faults["zone"] = Zones.unknown }
    let names = PersonNames.list(name: name, email: email, organisation: organisation)
    if let fault = PasswordRules.fault(password, names: names) { faults["password"] = fault }
    guard let kept, faults.isEmpty else { throw .invalid(faults) }
    return kept
  }

  private static let ended = Problem.conflict(
    code: "setup_ended", detail: "This link was used or is older than 60 minutes. Run tandem admin setup-link for a new one.")
}
