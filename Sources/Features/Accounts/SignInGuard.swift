import Kit
import Store
import Web

/// Slows down guessing. Counts are kept in the database, so a restart forgives nothing; subjects are sealed, so the table names nobody.
///
/// - An address that failed five times in a row waits 1 s, then twice as long each time, up to 15 min. A browser in which the address
///   signed in before has a count of its own: somebody else's guesses do not lock the owner out, and a code by e-mail always works.
/// - After 100 failures in a row the password of an address is off until a code was used.
/// - A client address with 20 failures in ten minutes waits until the oldest of them is ten minutes old.
struct SignInGuard {
  let email: String
  let address: String
  /// Mark of a browser that belongs to the address, or nil.
  let device: String?
  let site: Site

  static let free = 5
  static let longestWait = 900
  static let passwordEnds = 100
  static let memory = Span.days(30)
  static let mailWindow = Span.hours(1)
  static let mailsPerSender = 20

  private var account: String { sealed("account", email) }
  private var client: String { sealed("client", address) }
  private var counted: String { device.map { sealed("device", $0) } ?? account }

  private func sealed(_ kind: String, _ text: String) -> String { "\(kind):" + site.keys.seal(text, for: "attempt \(kind)") }

  /// Seconds to wait after so many failures in a row.
  static func wait(after failures: Int) -> Int {
    failures < free ? 0 : min(1 << min(failures - free, 20), longestWait)
  }

  /// Throws `tooMany` while the address or the client has to wait.
  func checkTry(_ tx: Transaction) throws {
    let now = site.world.now()
    let row = try tx.row(
      """
      SELECT count(*) AS n, max(at) AS last FROM sign_in_attempt WHERE subject = \(counted) AND succeeded = 0
        AND id > coalesce((SELECT max(id) FROM sign_in_attempt WHERE subject = \(counted) AND succeeded = 1), 0)
      """)
    if let row, let last: Instant = try row.optional("last") {
      let until = last + .seconds(Self.wait(after: try row("n")))
      if until > now { throw Problem.tooMany(retryAfter: Int((until - now).seconds.rounded(.up))) }
    }
    try checkClient(tx)
  }

  /// Throws `tooMany` while the client has to wait.
  func checkClient(_ tx: Transaction) throws {
    let since = site.world.now() - .minutes(10)
    let recent = try tx.row(
      "SELECT count(*) AS n, min(at) AS first FROM sign_in_attempt WHERE subject = \(client) AND succeeded = 0 AND at > \(since)")
    if let recent, try recent("n", as: Int.self) >= site.settings.limits.signInTries, let first: Instant = try recent.optional("first") {
      throw Problem.tooMany(retryAfter: max(1, Int((first - since).seconds.rounded(.up))))
    }
  }

  /// Throws when the password of this address is off.
  func checkPasswordIsOn(_ tx: Transaction) throws {
    let failures = try tx.count(
      """
      SELECT count(*) FROM sign_in_attempt WHERE subject = \(account) AND succeeded = 0
        AND id > coalesce((SELECT max(id) FROM sign_in_attempt WHERE subject = \(account) AND succeeded = 1), 0)
      """)
    guard device != nil || failures < Self.passwordEnds else {
      throw Problem.invalid("", "There were too many wrong passwords for this address. Sign in with a code by e-mail.")
    }
  }

  func note(succeeded: Bool, _ tx: Transaction) throws {
    for subject in Set([account, counted, client]) where !(succeeded && subject == client) { try add(subject, succeeded: succeeded, tx) }
  }

  /// Counts a wrong code: the code itself ends after five, the client after twenty.
  func noteWrongCode(_ tx: Transaction) throws { try add(client, succeeded: false, tx) }

  /// Counts a mail that this browser asked for; throws `tooMany` beyond the limits, alike for addresses that have no account.
  func noteMail(_ tx: Transaction) throws {
    let since = site.world.now() - Self.mailWindow
    let receiver = device.map { sealed("mail-device", $0) } ?? sealed("mail", email)
    let sender = sealed("mail-from", address)
    for (subject, most) in [(receiver, site.settings.limits.codeMails), (sender, Self.mailsPerSender)] {
      let row = try tx.row("SELECT count(*) AS n, min(at) AS first FROM sign_in_attempt WHERE subject = \(subject) AND at > \(since)")
      if let row, try row("n", as: Int.self) >= most, let first: Instant = try row.optional("first") {
        throw Problem.tooMany(retryAfter: max(1, Int((first - since).seconds.rounded(.up))))
      }
      try add(subject, succeeded: true, tx)
    }
  }

  private func add(_ subject: String, succeeded: Bool, _ tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO sign_in_attempt (subject, at, id, succeeded)
      VALUES (\(subject), \(site.world.now()), \(site.world.id() as ID<SignInGuard>), \(succeeded))
      """)
  }
}
