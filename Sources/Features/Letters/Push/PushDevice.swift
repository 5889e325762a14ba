import Kit
import Outside
import Store
import Web

/// A browser that takes push messages for a person, for as long as the person stays signed in there.
struct PushDevice: RowDecodable, Sendable {
  static let most = 10

  let id: ID<PushDevice>
  let endpoint: String
  let publicKey: String
  let secret: String
  let agent: String
  let createdAt: Instant

  static let columns: SQL = "id, endpoint, public_key, secret, agent, created_at"

  static let migration = Migration(
    "letters/5",
    [
      """
      CREATE TABLE push_device (
        org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, sign_in_id BIGINT, endpoint TEXT NOT NULL,
        endpoint_hash TEXT NOT NULL, public_key TEXT NOT NULL, secret TEXT NOT NULL, agent TEXT NOT NULL, created_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, id), UNIQUE (org_id, endpoint_hash), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
      """,
      "CREATE INDEX push_device_person ON push_device (org_id, person_id, id)",
    ])

  init(row: Row) throws {
    id = try row("id")
    endpoint = try row("endpoint")
    publicKey = try row("public_key")
    secret = try row("secret")
    agent = try row("agent")
    createdAt = try row("created_at")
  }

  var subscription: PushSubscription? { PushSubscription(endpoint: endpoint, publicKey: publicKey, secret: secret) }

  /// Those of a person whose sign-in is still good; what was set up by a token has none and stays.
  static func of(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws -> [PushDevice] {
    try tx.all(
      """
      SELECT \(columns) FROM push_device WHERE org_id = \(org) AND person_id = \(person)
        AND (sign_in_id IS NULL OR EXISTS (SELECT 1 FROM sign_in_session s WHERE s.org_id = push_device.org_id
          AND s.person_id = push_device.person_id AND s.id = push_device.sign_in_id AND s.expires_at > \(world.now())))
      ORDER BY id LIMIT \(most)
      """)
  }

  /// The push service has forgotten it. Who had no other device, and switched mails off for push, is told so by mail, once; whoever took it
  /// off meanwhile knows.
  static func forgotten(_ id: ID<PushDevice>, of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    guard try remove(id, org: org, tx), let own = try Addressee.find(person, org: org, tx), own.isActive,
      try of(person, org: org, tx, world).isEmpty
    else { return }
    let choice = try NotificationChoice.of(own, tx)
    let (noticed, unreached) = (choice.onlyPushed(noticed: true), choice.onlyPushed(noticed: false))
    var paragraphs = ["The service that carries them has forgotten the last one."]
    if !noticed.isEmpty { paragraphs.append("Mail is off for \(listed(noticed.map(\.quoted))): that stands in Tandem alone now.") }
    if !unreached.isEmpty {
      paragraphs.append("Mail and the line on Today are off for \(listed(unreached.map(\.quoted))): that reaches you nowhere now.")
    }
    if paragraphs.count == 1 { return }
    paragraphs.append("Turn push on again, or switch the mails on.")
    try tx.send(
      Letter(
        to: person, .account, subject: "Push messages reach none of your devices any more", paragraphs,
        buttons: [.init("Turn push on", "/you/push"), .init("Choose what is mailed", "/you/notifications")]), org: org,
      key: "push-ended/\(id)", world)
  }

  /// Whether it was there.
  @discardableResult
  static func remove(_ id: ID<PushDevice>, org: ID<Organisation>, _ tx: Transaction) throws -> Bool {
    try tx.run("DELETE FROM push_device WHERE org_id = \(org) AND id = \(id)") == 1
  }
}
