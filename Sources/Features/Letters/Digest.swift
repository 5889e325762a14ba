import Foundation
import Jobs
import Kit
import Store

/// Letters that came in somebody's quiet hours, sent together when those end.
struct SendDigest: Job {
  static let kind = "digest"
  static let lane = Lane.mail
  let person: ID<Person>
}

/// Letters held for a digest.
enum Digest {
  static let migration = Migration(
    "letters/2",
    [
      """
      CREATE TABLE held_letter (
        org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, key TEXT NOT NULL, letter TEXT NOT NULL, held_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, person_id, key), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
      """
    ])

  /// Holds a letter until a moment; all that are held until then leave as one mail.
  static func hold(_ letter: Letter, key: String, for person: Addressee, until time: Instant, _ tx: Transaction, _ world: World) throws {
    let text = String(decoding: try JSONEncoder().encode(letter), as: UTF8.self)
    try tx.run(
      """
      INSERT INTO held_letter (org_id, person_id, key, letter, held_at)
      VALUES (\(person.org), \(person.id), \(key), \(text), \(world.now()))
      ON CONFLICT (org_id, person_id, key) DO NOTHING
      """)
    try tx.enqueue(SendDigest(person: person.id), for: person.org, key: "digest/\(person.id)/\(time.seconds)", at: time, world)
  }

  struct Held: Sendable {
    let key: String
    let letter: Letter
  }

  static func held(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [Held] {
    try tx.rows("SELECT key, letter FROM held_letter WHERE org_id = \(org) AND person_id = \(person) ORDER BY held_at, key LIMIT 50").map {
      row in
      Held(key: try row("key"), letter: try JSONDecoder().decode(Letter.self, from: Data(try row("letter", as: String.self).utf8)))
    }
  }

  static func release(_ keys: [String], _ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run("DELETE FROM held_letter WHERE org_id = \(org) AND person_id = \(person) AND key IN \(SQL.list(keys))")
  }

  /// One letter of several: a line for each, with its first button. One alone goes as it is.
  static func letter(of held: [Held], to person: ID<Person>) -> Letter? {
    guard let first = held.first else { return nil }
    if held.count == 1 { return first.letter }
    return Letter(
      to: person, first.letter.topic, subject: "\(counted(held.count, "thing")) since you were last written to",
      held.map { $0.letter.subject + "." },
      buttons: held.compactMap { $0.letter.buttons.first }.reduce(into: []) { kept, button in
        if kept.count < 6, !kept.contains(where: { $0.path == button.path }) { kept.append(button) }
      })
  }
}
