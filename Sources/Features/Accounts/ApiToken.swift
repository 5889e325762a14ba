import Kit
import Store
import Web

/// A token by which a program acts for a member, with no more than the member's own rights.
public enum ApiToken {
  public static let prefix = "tdm_"
  public static let longest = 365

  /// Makes a token and returns it; it is shown once, only its hash is kept.
  ///
  /// - Parameters:
  ///   - scopes: such as `asks:read`; `*` is everything its owner may do.
  ///   - days: until it ends, 1 to 365.
  @discardableResult
  public static func create(
    _ person: ID<Person>, org: ID<Organisation>, name: String, scopes: [String], days: Int, origin: String = "command", _ tx: Transaction,
    _ world: World
  ) throws -> String {
    guard (1...longest).contains(days) else { throw Problem.invalid("days", "Give 1 to \(longest) days.") }
    guard !name.trimmed.isEmpty, name.count <= 80 else { throw Problem.invalid("name", "Give a name of at most 80 characters.") }
    guard !scopes.isEmpty else { throw Problem.invalid("scopes", "Choose at least one.") }
    if let unknown = scopes.first(where: { $0 != "*" && !ApiScopes.all.contains($0) }) {
      throw Problem.invalid("scopes", "There is no scope \(unknown.shortened(to: 60)). Use *, or some of \(listed(ApiScopes.all)).")
    }
    let secret = Token.make(world)
    let token = prefix + secret + checksum(secret)
    let id: ID<ApiToken> = world.id()
    let now = world.now()
    try tx.run(
      """
      INSERT INTO api_token (org_id, id, person_id, name, token_hash, scopes, created_at, expires_at)
      VALUES (\(org), \(id), \(person), \(name.trimmed), \(Token.hash(token)), \(scopes.joined(separator: " ")), \(now),
        \(now + .days(days)))
      """)
    // On the command line it is the operator who makes it, not its owner.
    let actor = origin == OperatorActs.origin ? nil : person
    try tx.record(org: org, actor: actor, origin: origin, "token.created", id, ["scopes": scopes.joined(separator: " ")], world)
    return token
  }

  /// Six characters by which a scanner for leaked secrets tells a token from chance text: CRC-32 (ISO 3309) of the secret, base64url.
  static func checksum(_ secret: String) -> String {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in secret.utf8 {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    sum = ~sum
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }.base64URL
  }
}
