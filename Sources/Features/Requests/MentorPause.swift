import Kit
import Store
import Web

/// A mentor who was silent on three offers in a row gets no further ones until they come back with one click.
enum MentorPause {
  static let silences = 3

  /// Since when a mentor rests; nil for one who does not.
  static func since(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Instant? {
    try tx.value("SELECT began_at FROM mentor_pause WHERE org_id = \(org) AND person_id = \(person) AND ended_at IS NULL")
  }

  /// The resting ones among these.
  static func among(_ people: [ID<Person>], org: ID<Organisation>, _ tx: Transaction) throws -> Set<ID<Person>> {
    if people.isEmpty { return [] }
    return Set(
      try tx.values("SELECT person_id FROM mentor_pause WHERE org_id = \(org) AND ended_at IS NULL AND person_id IN \(SQL.list(people))"))
  }

  /// Keeps in the mentor's own row whether they rest, for lists that leave such mentors out.
  fileprivate static func mark(_ mentor: ID<Person>, org: ID<Organisation>, isResting: Bool, _ tx: Transaction) throws {
    try tx.run("UPDATE person SET is_resting = \(isResting) WHERE org_id = \(org) AND id = \(mentor)")
  }

  /// People whose row says something else about their rest than their pauses do.
  static func differences(_ tx: Transaction) throws -> Int {
    try tx.count(
      """
      SELECT count(*) FROM person LEFT JOIN mentor_pause p ON p.org_id = person.org_id AND p.person_id = person.id AND p.ended_at IS NULL
      WHERE person.is_resting <> CASE WHEN p.id IS NULL THEN 0 ELSE 1 END
      """)
  }

  /// Pauses the mentor when the offers ended since the last pause were silence, three times in a row.
  static func afterSilence(of mentor: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    let back: Instant? = try tx.value("SELECT max(ended_at) FROM mentor_pause WHERE org_id = \(org) AND person_id = \(mentor)")
    let last = try tx.values(
      """
      SELECT state FROM offer WHERE org_id = \(org) AND mentor_id = \(mentor) AND ended_at IS NOT NULL AND state <> \(Offer.State.withdrawn)
        AND sent_at >= \(back ?? Instant(microseconds: 0))
      ORDER BY ended_at DESC, id DESC LIMIT \(silences)
      """, as: Offer.State.self)
    guard last.count == silences, last.allSatisfy({ $0 == .lapsed }), try since(mentor, org: org, tx) == nil else { return }
    let id: ID<MentorPauseRow> = world.id()
    try tx.run(
      "INSERT INTO mentor_pause (org_id, id, person_id, began_at) VALUES (\(org), \(id), \(mentor), \(world.now()))")
    try mark(mentor, org: org, isResting: true, tx)
    try tx.record(org: org, actor: nil, origin: "job", "mentor.paused", mentor, [:], world)
    try tx.send(
      Letter(
        to: mentor, .request, subject: "You get no requests for now",
        [
          "Three requests in a row found no answer, so we send you no more for the moment. Nobody is told why.",
          "Come back whenever you like, with one click.",
        ], buttons: [.init("Send me requests again", "/requests")]), org: org, key: "mentor-paused/\(id)", world)
  }
}

enum MentorPauseRow {}

/// A mentor who rests wants requests again.
struct ReturnFromPause: UseCase {
  init() {}

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let ended = try tx.run(
      """
      UPDATE mentor_pause SET ended_at = \(world.now()) WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND ended_at IS NULL
      """)
    if ended == 1 {
      try MentorPause.mark(viewer.person, org: viewer.org, isResting: false, tx)
      try tx.record(viewer, "mentor.returned", viewer.person, [:], world)
    }
    return Done()
  }
}
