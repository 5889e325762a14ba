import Kit
import Store
import Web

/// The vetting of mentors.
public enum Vetting {
  /// After so long somebody looks again whether a mentor is still the right one.
  public static let recheck = Span.days(365)

  /// Makes a person a mentor without an application: imports, the demo, an administrator's word. Twice is once.
  public static func approve(
    _ person: ID<Person>, org: ID<Organisation>, by actor: ID<Person>?, origin: String = "command", _ tx: Transaction, _ world: World
  ) throws {
    guard try giveRole(person, org: org, tx) else { return }
    let now = world.now()
    let id: ID<Application> = world.id()
    try tx.run(
      """
      INSERT INTO vetting (org_id, id, person_id, state, reach, applied_at, decided_by, decided_at, words, recheck_at)
      VALUES (\(org), \(id), \(person), \("approved"), \("anywhere"), \(now), \(actor), \(now), \(""), \(now + recheck))
      """)
    try tx.record(org: org, actor: actor, origin: origin, "mentor.approved", person, [:], world)
  }

  /// - Returns: whether the person was no mentor before.
  static func giveRole(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Bool {
    let mentor = Roles.mentor.rawValue
    return try tx.run(
      """
      UPDATE person SET roles = roles + \(mentor), version = version + 1
      WHERE org_id = \(org) AND id = \(person) AND (roles / \(mentor)) % 2 = 0 AND state IN ('invited', 'active')
      """) == 1
  }
}
