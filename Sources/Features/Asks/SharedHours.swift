import Kit
import Scheduling
import Store
import Web

/// Times at which a mentor and an asker are both free for the length of an ask.
enum SharedHours {
  /// How far ahead hours are looked for, whatever the urgency: somebody in a hurry may still take a later hour.
  static let days = 28

  static func between(mentor: ID<Person>, ask: Ask, limit: Int = 400, _ tx: Transaction, _ world: World) throws -> [Kit.Instant] {
    let now = world.now()
    let people = try PersonTime.load([mentor, ask.asker], org: ask.org, from: now, to: now + .days(days), tx, world)
    guard let host = people[mentor], let guest = people[ask.asker] else { return [] }
    let search = SlotSearch(host: host, guests: asker(guest, minutes: ask.minutes, now: now))
    return search.next(limit, from: now.minutes).map(Kit.Instant.init(minutes:)).filter { $0 < now + .days(days) }
  }

  /// An asker made ready to be looked at beside one mentor after another.
  static func asker(_ asker: Participant, minutes: Int, now: Kit.Instant) -> GuestTime {
    GuestTime([asker.asGuest], minutes: minutes, now: now.microseconds)
  }
}
