import Kit
import Store
import Web

/// The secret key that a database belongs to, known by a fingerprint: a server with another one would refuse the codes, links and
/// passwords of its neighbours.
public enum InstallationKey {
  private static let name = "secret_key.fingerprint"

  /// The first server names its key. Returns whether `keys` are those of the database.
  public static func isKnown(_ keys: Keys, _ tx: Transaction, _ world: World) throws -> Bool {
    try tx.run(
      """
      INSERT INTO installation_setting (key, value, changed_at) VALUES (\(name), \(fingerprint(keys)), \(world.now()))
      ON CONFLICT (key) DO NOTHING
      """)
    return try isHeld(keys, tx)
  }

  /// The same without naming one: true for a database that no server was started on yet.
  public static func isHeld(_ keys: Keys, _ tx: Transaction) throws -> Bool {
    let known: String? = try tx.value("SELECT value FROM installation_setting WHERE key = \(name)")
    return known.map { $0 == fingerprint(keys) } ?? true
  }

  /// Goes on with these keys in place of lost ones.
  public static func adopt(_ keys: Keys, _ tx: Transaction, _ world: World) throws {
    try tx.run("DELETE FROM installation_setting WHERE key = \(name)")
    _ = try isKnown(keys, tx, world)
    try OperatorActs.adoptedKey(tx, world)
  }

  private static func fingerprint(_ keys: Keys) -> String { keys.seal("the key of this installation", for: "fingerprint") }
}
