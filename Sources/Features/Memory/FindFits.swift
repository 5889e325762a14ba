import Jobs
import Kit
import Store

/// Finds, once a day, everybody whose answers have grown enough for another fit: by half since one that is in use, by a quarter since
/// one that was not.
struct FindFits: Job {
  static let kind = "find-fits"

  static let handler = JobHandler(FindFits.self) { _, run in
    let orgs: [ID<Organisation>] = try await run.store.read { tx in try tx.values("SELECT id FROM organisation ORDER BY id") }
    for org in orgs {
      try await run.store.write { tx in
        for found in try due(org, tx) {
          try tx.enqueue(
            FitMemory(person: found.person), for: org, key: "\(found.person)/\(found.reviews)", at: run.world.now(), run.world)
        }
      }
    }
  }

  static func due(_ org: ID<Organisation>, _ tx: Transaction) throws -> [(person: ID<Person>, reviews: Int)] {
    try tx.rows(
      """
      SELECT e.person_id, e.n FROM (
        SELECT person_id, count(*) AS n FROM review_event WHERE org_id = \(org) AND kind = 'review' GROUP BY person_id) e
      LEFT JOIN memory_fit f ON f.org_id = \(org) AND f.person_id = e.person_id AND f.version = (
        SELECT max(version) FROM memory_fit m WHERE m.org_id = \(org) AND m.person_id = e.person_id)
      WHERE e.n >= \(MemoryFit.leastReviews)
        AND (f.reviews IS NULL OR e.n * 4 >= f.reviews * CASE WHEN f.adopted = 1 THEN 6 ELSE 5 END)
      ORDER BY e.person_id
      """
    ).map { (person: try $0("person_id"), reviews: try $0("n")) }
  }
}
