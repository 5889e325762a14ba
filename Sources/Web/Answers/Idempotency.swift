import Crypto
import Foundation
import Kit
import Store

/// Twice is once: the answer of an act is kept with its key, in the transaction of its effect, for 24 hours.
enum Idempotency {
  static let migration = Migration(
    "web/1",
    [
      """
      CREATE TABLE idempotency (
        org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, key TEXT NOT NULL, route TEXT NOT NULL, request_hash TEXT NOT NULL,
        status BIGINT NOT NULL, body TEXT NOT NULL, destination TEXT NOT NULL, created_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, person_id, key, route))
      """,
      "CREATE INDEX idempotency_age ON idempotency (created_at)",
    ])

  /// The act and what it is done to, in few bytes whatever the address is.
  private static func route(_ call: Call) -> String {
    let address = SHA256.hash(data: Array("\(call.path)?\(call.query)".utf8))
    return "\(call.endpoint.name) \(Array(address.prefix(16)).hex)"
  }

  /// The kept answer of the same request, if it came before.
  static func replay(_ call: Call, _ viewer: Viewer, _ tx: Transaction) throws -> Answer? {
    guard let key = try call.idempotencyKey() else { return nil }
    let row = try tx.row(
      """
      SELECT request_hash, status, body, destination FROM idempotency
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND key = \(key) AND route = \(route(call))
      """)
    guard let row else { return nil }
    guard try row("request_hash", as: String.self) == call.bodyHash else {
      throw Problem.invalid(call.isForm ? "" : "idempotency_key", "This key was used with other values. Send the form again.")
    }
    let destination = try JSONDecoder().decode(Destination.self, from: Data(try row("destination", as: String.self).utf8))
    var answer = Answer.acted(
      try JSONReader.read(Array(try row("body", as: String.self).utf8)), destination, status: try row("status"))
    answer.headers.append(("Idempotent-Replay", "true"))
    return answer
  }

  static func remember(_ answer: Answer, _ call: Call, _ viewer: Viewer, _ tx: Transaction) throws {
    guard let key = try call.idempotencyKey(), case .acted(let value, let destination) = answer.content else { return }
    let destinationText = String(decoding: try JSONEncoder().encode(destination), as: UTF8.self)
    try tx.run(
      """
      INSERT INTO idempotency (org_id, person_id, key, route, request_hash, status, body, destination, created_at)
      VALUES (\(viewer.org), \(viewer.person), \(key), \(route(call)), \(call.bodyHash), \(answer.status),
        \(JSONWriter.text(value)), \(destinationText), \(call.site.world.now()))
      """)
  }

  static func sweep(_ tx: Transaction, before time: Instant) throws {
    try tx.run("DELETE FROM idempotency WHERE created_at < \(time)")
  }
}
