import Jobs
import Kit
import Store
import Web

/// Eight digits by e-mail: for ten minutes, five tries, once, and only in the browser that asked.
enum SignInCode {
  static let life = Span.minutes(10)
  static let tries = 5
  /// Ties the code to the browser that asked for it.
  static let cookie = "tandem-code"

  /// Makes a code and a job that mails it; codes asked for before stop working. The same statements run whether the address has an
  /// account or not. Returns the token for the browser's cookie.
  ///
  /// - Parameter organisation: whom an address without an account is to join; its name stands in the mail.
  static func make(_ email: String, joining organisation: String?, _ tx: Transaction, _ site: Site) throws -> String {
    let world = site.world
    let now = world.now()
    let id: ID<SignInCode> = world.id()
    let digits = String(world.number(below: 100_000_000))
    let code = String(repeating: "0", count: 8 - digits.count) + digits
    let browser = Token.make(world)
    try tx.run("UPDATE sign_in_code SET used_at = \(now) WHERE email = \(email) AND used_at IS NULL")
    try tx.run(
      """
      INSERT INTO sign_in_code (id, email, code_hash, browser_hash, created_at, expires_at, tries)
      VALUES (\(id), \(email), \(seal(code, id, site)), \(Token.hash(browser)), \(now), \(now + life), 0)
      """)
    let mail = MailSignInCode(email: email, code: code, joining: organisation, until: now + life)
    try tx.enqueue(mail, for: nil, key: "\(id)", at: now, world)
    return browser
  }

  enum Outcome: Sendable {
    case right(email: String)
    case wrong
  }

  /// Compares a code with the one this browser asked for, and counts the try. The caller commits before it refuses.
  static func check(_ code: String, browser: String?, _ tx: Transaction, _ site: Site) throws -> Outcome {
    let now = site.world.now()
    let row = try tx.row(
      """
      UPDATE sign_in_code SET tries = tries + 1
      WHERE browser_hash = \(Token.hash(browser ?? "")) AND used_at IS NULL AND expires_at > \(now) AND tries < \(tries)
      RETURNING id, email, code_hash
      """)
    guard let row else { return .wrong }
    let id: ID<SignInCode> = try row("id")
    guard SignedCookie.isEqual(try row("code_hash"), seal(code.filter(\.isNumber), id, site)) else { return .wrong }
    try tx.run("UPDATE sign_in_code SET used_at = \(now) WHERE id = \(id)")
    return .right(email: try row("email"))
  }

  /// Keyed, since a plain hash of eight digits is soon guessed.
  private static func seal(_ code: String, _ id: ID<SignInCode>, _ site: Site) -> String {
    site.keys.seal("\(id) \(code)", for: "sign-in code")
  }
}

/// Mails a code, if the address has an account or was asked to join. Whether it has is looked up here, out of the asker's sight. A mail
/// that had to wait for longer than the code works is not sent.
struct MailSignInCode: Job {
  static let kind = "sign-in-code"
  let email: String
  let code: String
  let joining: String?
  /// None in a job of an older version.
  var until: Instant?

  static let handler = JobHandler(MailSignInCode.self) { job, run in
    try await run.store.write { tx in
      let memberships = try Membership.of(job.email, tx)
      guard let name = memberships.first?.name ?? job.joining.map({ _ in "" }) else { return }
      let place = memberships.isEmpty ? job.joining ?? "Tandem" : "Tandem"
      let shown = job.code.prefix(4) + " " + job.code.suffix(4)
      var letter = Letter(
        email: job.email, name: name, subject: "\(shown) is your code for \(place)",
        [
          "Your code is \(shown).", "It works for 10 minutes, once, in the browser that asked for it.",
          "If you did not ask for it, nothing happens; nobody can sign in without it.",
        ])
      letter.until = job.until
      try tx.send(letter, org: memberships.first?.org, key: "sign-in-code/\(run.job.id)", run.world)
    }
  }
}
