import Kit
import Store
import Web

struct PasswordPage: Output {
  let hasPassword: Bool
  let mayGoOn: Bool
  let form: Form?
}

/// Sets or changes one's own password. It needs the present one, or a sign-in by e-mailed code in the last ten minutes.
struct ChangePassword: Input {
  var current: Secret<String>?
  var new: Secret<String>
  var endOthers: Bool?

  static let page = Endpoint.page("/you/password", "accounts/password", "Change your password") { (tx, viewer, world, input: NoInput) in
    let hasPassword = try Password.find(org: viewer.org, person: viewer.person, tx) != nil
    let isFresh = try isFresh(viewer, tx, world)
    var fields: [Form.Field] = []
    if hasPassword && !isFresh {
      fields.append(.text("current", "Present password", type: "password", autocomplete: "current-password"))
    }
    fields += [
      .text(
        "new", "New password", help: "At least \(PasswordRules.shortest) characters; a sentence is fine.", type: "password",
        autocomplete: "new-password"),
      .checkbox("end_others", "Sign out all other browsers", checked: true),
    ]
    let mayGoOn = hasPassword || isFresh
    return PasswordPage(
      hasPassword: hasPassword, mayGoOn: mayGoOn,
      form: mayGoOn
        ? Form(
          "/you/password", button: hasPassword ? "Change password" : "Set password", cancel: Form.Link("Cancel", "/you/sessions"), fields)
        : nil)
  }.with { $0.surface = .page }

  static let endpoint = Endpoint.custom(
    .post, "/you/password", allow: .member, "Change your password", input: ChangePassword.self, output: .of(Done.self)
  ) { call, input in
    let site = call.site
    let known = try await call.reading { tx in
      let viewer = try call.admit(tx)
      let email = try Addressee.find(viewer.person, org: viewer.org, tx)?.email ?? ""
      let guardian = SignInGuard(email: email, address: call.address, device: "password-\(viewer.person)", site: site)
      try guardian.checkTry(tx)
      return Known(
        viewer: viewer, guardian: guardian, hash: try Password.find(org: viewer.org, person: viewer.person, tx),
        isFresh: try isFresh(viewer, tx, site.world), names: try PersonNames.of(viewer.person, org: viewer.org, tx))
    }
    if !known.isFresh {
      guard let hash = known.hash else {
        throw Problem.invalid("", "To set a first password, sign out and sign in with a code, then come back within 10 minutes.")
      }
      let isRight = try await PasswordPool.shared.matches(input.current ?? Secret(""), hash)
      try await call.writing { tx in try known.guardian.note(succeeded: isRight, tx) }
      guard isRight else { throw Problem.invalid("current", "This is not your present password.") }
    }
    try PasswordRules.check(input.new, field: "new", names: known.names)
    let hash = try await PasswordPool.shared.hash(input.new, site.world)
    let viewer = known.viewer
    try await call.writing { tx in
      try Password.store(hash, org: viewer.org, person: viewer.person, tx, site.world)
      if input.endOthers ?? false {
        let own: Int64? = if case .session(let id) = viewer.origin { id } else { nil }
        try SignInSession.endAll(org: viewer.org, person: viewer.person, except: own, tx)
      }
      try tx.record(viewer, "password.changed", viewer.person, [:], site.world)
      try tx.send(
        Letter(
          to: viewer.person, .account, subject: "Your password was changed",
          [
            "The password of your account at \(viewer.orgName) was changed a moment ago.",
            "If that was not you, sign in with a code and change it.",
          ],
          buttons: [.init("Open your sessions", "/you/sessions")]), org: viewer.org,
        key: "password-changed/\(viewer.person)/\(site.world.now())",
        site.world)
    }
    return try Answer.acted(Done(), Destination("/you/sessions", say: "Your password is set."))
  }.with {
    $0.surface = .page
    $0.form = "/you/password"
  }

  private struct Known: Sendable {
    let viewer: Viewer
    let guardian: SignInGuard
    let hash: PasswordHash?
    let isFresh: Bool
    let names: [String]
  }

  /// Whether this session began by a mailed code, or by joining or setup, within ten minutes: that proves the address anew.
  private static func isFresh(_ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Bool {
    guard case .session(let id) = viewer.origin else { return false }
    let began = world.now() - .minutes(10)
    return try tx.count(
      """
      SELECT count(*) FROM sign_in_session WHERE org_id = \(viewer.org) AND id = \(id) AND created_at > \(began)
        AND method <> \(SignInSession.Method.password)
      """) == 1
  }
}
