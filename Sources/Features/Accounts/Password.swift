import Kit
import Store
import Web

/// The password of a member, if they have one: a code by e-mail always works as well.
public enum Password {
  /// Keeps a password that has been hashed by `hash`. Ends no sessions: the caller knows which one stays.
  public static func store(_ hash: PasswordHash, org: ID<Organisation>, person: ID<Person>, _ tx: Transaction, _ world: World) throws {
    let now = world.now()
    try tx.run(
      """
      INSERT INTO password (org_id, person_id, hash, changed_at) VALUES (\(org), \(person), \(hash.text), \(now))
      ON CONFLICT (org_id, person_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
      """)
  }

  static func find(org: ID<Organisation>, person: ID<Person>, _ tx: Transaction) throws -> PasswordHash? {
    try tx.value("SELECT hash FROM password WHERE org_id = \(org) AND person_id = \(person)", as: String.self).flatMap(PasswordHash.init)
  }

  /// Checks a password for a member to be, and hashes it. Throws `Problem.invalid` for one that cannot be taken.
  public static func hash(
    _ password: Secret<String>, name: String, email: String, organisation: String, _ world: World
  ) async throws -> PasswordHash {
    try PasswordRules.check(
      password, field: "password", names: PersonNames.list(name: name, email: email, organisation: organisation))
    return try await PasswordPool.shared.hash(password, world)
  }

  /// Checks and sets the password of a member without asking for the one before; for the command line and the setup.
  public static func set(
    _ password: Secret<String>, org: ID<Organisation>, person: ID<Person>, store: Store, _ world: World
  ) async throws {
    let names = try await store.read { tx in try PersonNames.of(person, org: org, tx) }
    try PasswordRules.check(password, field: "password", names: names)
    let hash = try await PasswordPool.shared.hash(password, world)
    try await store.write { tx in
      try Password.store(hash, org: org, person: person, tx, world)
      try SignInSession.endAll(org: org, person: person, tx)
      try tx.record(org: org, actor: nil, origin: "command", "password.changed", person, [:], world)
    }
  }
}

/// Names that a password must not be made of.
enum PersonNames {
  static func of(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [String] {
    let row = try tx.row(
      """
      SELECT person.name AS name, person.email AS email, organisation.name AS org_name FROM person
      JOIN organisation ON organisation.id = person.org_id WHERE person.org_id = \(org) AND person.id = \(person)
      """)
    guard let row else { throw Problem.notFound }
    return list(name: try row("name"), email: try row("email"), organisation: try row("org_name"))
  }

  static func list(name: String, email: String, organisation: String) -> [String] {
    [name, organisation, email.split(separator: "@").first.map(String.init) ?? ""]
  }
}
