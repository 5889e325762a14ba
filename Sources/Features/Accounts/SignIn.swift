import Kit
import Outside
import Store
import Web

struct ReturnPath: Input {
  var `return`: String?
}

/// Asks for a code by e-mail. The answer is the same whether the address has an account or not.
struct AskForCode: Input {
  var email: String
  var `return`: String?
  static let rules: [String: Rule] = ["email": .email]

  static let endpoint = Endpoint.custom(.post, "/sign-in/code", allow: .anyone, "Ask for a sign-in code", input: AskForCode.self) {
    call, input in
    let site = call.site
    let email = try Address.normalised(input.email)
    let path = OwnPath.checked(input.return)
    let guardian = SignInGuard(email: email, address: call.address, device: KnownDevice.mark(email, call.cookies, site), site: site)
    let browser = try await call.writing { tx in
      try guardian.noteMail(tx)
      return try SignInCode.make(email, joining: try Invite.organisation(joinedAt: path, for: email, tx, site.world.now()), tx, site)
    }
    return try Answer.acted(Done(), Destination("/sign-in/code" + OwnPath.query(path)))
      .cookie(SignedCookie.plain(SignInCode.cookie, browser, seconds: 600, site))
  }.with {
    $0.surface = .page
    $0.form = "/sign-in"
  }
}

/// Signs in with the code that was mailed.
struct EnterCode: Input {
  var code: String
  var `return`: String?
  static let rules: [String: Rule] = ["code": .text(1...40)]

  static let endpoint = Endpoint.custom(.post, "/sign-in/verify", allow: .anyone, "Sign in with a code", input: EnterCode.self) {
    call, input in
    let site = call.site
    let path = OwnPath.checked(input.return)
    let browser = call.cookies[SignInCode.cookie]
    let client = SignInGuard(email: "", address: call.address, device: nil, site: site)
    let entry = try await call.writing { tx -> Entry? in
      try client.checkClient(tx)
      guard case .right(let email) = try SignInCode.check(input.code, browser: browser, tx, site) else {
        try client.noteWrongCode(tx)
        return nil
      }
      let device = KnownDevice.mark(email, call.cookies, site)
      try SignInGuard(email: email, address: call.address, device: device, site: site).note(succeeded: true, tx)
      if path.hasPrefix("/join/") { return Entry(email: email) }
      return try Entry.open(email, try Membership.of(email, tx), by: .code, call, tx)
    }
    guard let entry else {
      throw Problem.invalid("code", "This is not the code, or it is too old. Check the newest mail, or ask for another code.")
    }
    var answer = try entry.answer(path, by: .code, site)
    if path.hasPrefix("/join/") {
      answer = try Answer.acted(Done(), Destination(path)).cookie(AddressProof.make(entry.email, by: .code, site))
    }
    return answer.cookie(SignedCookie.expired(SignInCode.cookie, site))
  }.with {
    $0.surface = .page
    $0.form = "/sign-in/code"
  }
}

/// Signs in with a password. An address without one costs the same time.
struct SignInWithPassword: Input {
  var email: String
  var password: Secret<String>
  var `return`: String?
  static let rules: [String: Rule] = ["email": .email]

  static let endpoint = Endpoint.custom(
    .post, "/sign-in/password", allow: .anyone, "Sign in with a password", input: SignInWithPassword.self
  ) { call, input in
    let site = call.site
    let email = try Address.normalised(input.email)
    let guardian = SignInGuard(email: email, address: call.address, device: KnownDevice.mark(email, call.cookies, site), site: site)
    let memberships = try await call.reading { tx in
      try guardian.checkTry(tx)
      try guardian.checkPasswordIsOn(tx)
      return try Membership.of(email, tx)
    }
    let proven = try await prove(input.password, memberships, site.world)
    let entry = try await call.writing { tx -> Entry? in
      // Looked at again: tries that ran at the same time have been counted by now.
      try guardian.checkTry(tx)
      try guardian.note(succeeded: !proven.isEmpty, tx)
      guard !proven.isEmpty else {
        for membership in memberships {
          try tx.record(
            org: membership.org, actor: nil, origin: "session", "sign_in.failed", membership.person, ["method": "password"], site.world)
        }
        return nil
      }
      for membership in proven where membership.fresh != nil {
        if let hash = membership.fresh { try Password.store(hash, org: membership.org, person: membership.person, tx, site.world) }
      }
      // Somebody may have been suspended meanwhile.
      let still = try Membership.of(email, tx).filter { membership in proven.contains { $0.person == membership.person } }
      return still.isEmpty ? nil : try Entry.open(email, still, by: .password, call, tx)
    }
    guard let entry else { throw Problem.invalid("", "The address or the password is not right. You can sign in with a code by e-mail.") }
    return try entry.answer(OwnPath.checked(input.return), by: .password, site)
  }.with {
    $0.surface = .page
    $0.form = "/sign-in/password"
  }

  struct Proven: Sendable {
    let org: ID<Organisation>
    let person: ID<Person>
    /// The password hashed anew, when the cost has risen since.
    let fresh: PasswordHash?
  }

  private static func prove(_ password: Secret<String>, _ memberships: [Membership], _ world: World) async throws -> [Proven] {
    var proven: [Proven] = []
    let hashes = memberships.compactMap { membership in membership.hash.map { (membership, $0) } }
    // The length is refused before hashing: it says nothing about the account.
    guard password.exposed.unicodeScalars.count <= PasswordRules.longest else { return [] }
    if hashes.isEmpty { _ = try await PasswordPool.shared.hash(password, world) }
    for (membership, hash) in hashes where try await PasswordPool.shared.matches(password, hash) {
      let isCheap = hash.cost.logN < world.passwordCost.logN
      proven.append(
        Proven(
          org: membership.org, person: membership.person, fresh: isCheap ? try await PasswordPool.shared.hash(password, world) : nil))
    }
    return proven
  }
}

/// Signs in to one of several organisations, after the address was proven.
struct ChooseOrganisation: Input {
  var organisation: ID<Organisation>
  var `return`: String?

  static let page = Endpoint.openPage("/sign-in/choose", "accounts/choose", "Choose an organisation") {
    (tx, visitor, world, input: ReturnPath) in
    guard let proof = AddressProof.read(visitor.cookies, visitor.site) else {
      return ChooseOrganisationPage(form: nil, restart: Form.Link("Sign in again", "/sign-in" + OwnPath.query(input.return)))
    }
    let options = try Membership.of(proof.email, tx).filter(proof.admits).map { Form.Option($0.org.description, $0.orgName) }
    return ChooseOrganisationPage(
      form: Form(
        "/sign-in/choose", button: "Continue",
        [.choose(.radio, "organisation", "Organisation", options), .hidden("return", OwnPath.checked(input.return))]),
      restart: Form.Link("Sign in with another address", "/sign-in" + OwnPath.query(input.return)))
  }.with { $0.surface = .page }

  static let endpoint = Endpoint.custom(
    .post, "/sign-in/choose", allow: .anyone, "Sign in to one of several organisations", input: ChooseOrganisation.self
  ) { call, input in
    guard let proof = AddressProof.read(call.cookies, call.site) else {
      throw Problem.invalid("", "That took longer than 10 minutes. Sign in again.")
    }
    let entry = try await call.writing { tx in
      let chosen = try Membership.of(proof.email, tx).filter { $0.org == input.organisation && proof.admits($0) }
      guard !chosen.isEmpty else { throw Problem.notFound }
      return try Entry.open(proof.email, chosen, by: proof.method, call, tx)
    }
    return try entry.answer(OwnPath.checked(input.return), by: proof.method, call.site)
  }.with {
    $0.surface = .page
    $0.form = "/sign-in/choose"
  }
}

enum Address {
  static let unreadable = "Enter an address such as ann@example.org."

  /// The address as it is kept: lower case, one form for each spelling.
  static func normalised(_ text: String) throws(Problem) -> String {
    do {
      return try EmailAddress(text.trimmed).normalised
    } catch {
      throw .invalid("email", unreadable)
    }
  }
}
