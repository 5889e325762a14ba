import Kit
import Scheduling
import Store

/// The next time at which somebody could be met, straight from the database: rules and what is in the calendar are read for this one
/// question. For measuring; pages ask for many people at once.
public enum NextFreeSlot {
  /// Everybody who opens windows, with the organisation.
  public static func people(_ tx: Transaction) throws -> [(org: ID<Organisation>, person: ID<Person>)] {
    try tx.rows("SELECT DISTINCT org_id, person_id FROM weekly_window ORDER BY org_id, person_id").map { row in
      (try row("org_id"), try row("person_id"))
    }
  }

  /// The first start of a session of `minutes` with this person; nil when there is none up to the horizon.
  public static func find(_ person: ID<Person>, org: ID<Organisation>, minutes: Int, _ tx: Transaction, _ world: World) throws -> Instant? {
    let now = world.now()
    let people = try PersonTime.load([person], org: org, from: now, to: now + .days(AvailabilityRules.horizonLimit), tx, world)
    guard let host = people[person] else { throw Problem.notFound }
    return SlotSearch(host: host, guests: [], minutes: minutes, now: now.microseconds).nextFree(from: now.minutes).map {
      Instant(minutes: $0)
    }
  }
}
