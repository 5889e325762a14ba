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
    return search(host: host, guest: guest, minutes: ask.minutes, now: now).next(limit, from: now.minutes).map(Kit.Instant.init(minutes:))
      .filter { $0 < now + .days(days) }
  }

  static func search(host: Participant, guest: Participant, minutes: Int, now: Kit.Instant) -> SlotSearch {
    SlotSearch(host: host, guests: [guest.asGuest], minutes: minutes, now: now.microseconds)
  }
}
