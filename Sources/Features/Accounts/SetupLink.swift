import Kit
import Store
import Web

/// The one-time link by which the first administrator of an installation is made. There is no default account.
public enum SetupLink {
  public static let life = Span.minutes(60)

  /// Whether nobody can administrate this installation yet.
  public static func isNeeded(_ tx: Transaction) throws -> Bool {
    try tx.count(
      "SELECT count(*) FROM person WHERE state = \("active") AND (roles & \(Roles.admin.rawValue)) <> 0") == 0
  }

  /// A new link; the ones made before stop working. The answer is an own path with a code of 256 bits, of which only the hash is kept.
  ///
  /// - Throws: `conflict` when there is an administrator already.
  public static func make(_ tx: Transaction, _ world: World) throws -> String {
    guard try isNeeded(tx) else {
      throw Problem.conflict(code: "set_up_already", detail: "This installation has an administrator. Ask them for an invitation.")
    }
    let code = Token.make(world)
    let now = world.now()
    try tx.run("DELETE FROM setup_link WHERE used_at IS NULL")
    try tx.run(
      "INSERT INTO setup_link (token_hash, created_at, expires_at) VALUES (\(Token.hash(code)), \(now), \(now + life))")
    return "/setup?code=\(code)"
  }

  /// Whether a code opens the setup now.
  static func isOpen(_ code: String, _ tx: Transaction, now: Instant) throws -> Bool {
    let open = try tx.count(
      "SELECT count(*) FROM setup_link WHERE token_hash = \(Token.hash(code)) AND used_at IS NULL AND expires_at > \(now)")
    return try open == 1 && isNeeded(tx)
  }

  /// Uses a code up; it must be open.
  static func consume(_ code: String, _ tx: Transaction, now: Instant) throws {
    guard try isNeeded(tx) else { throw Problem.notFound }
    try tx.swap(
      """
      UPDATE setup_link SET used_at = \(now)
      WHERE token_hash = \(Token.hash(code)) AND used_at IS NULL AND expires_at > \(now)
      """, otherwise: .notFound)
  }
}
