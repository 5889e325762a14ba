import Kit
import Scheduling
import Store

/// The decision whether two people can meet at a time. Hold, booking and move all go through it.
///
/// Whoever asks for a time that is gone is told so without waiting for anybody. Whoever finds it free takes the turns of both people:
/// on PostgreSQL that fails, and the whole transaction is repeated, when either calendar was decided on since this one was read; SQLite
/// has one writer anyway. The constraint on `occupancy` has the last word.
struct CalendarClaim {
  let org: ID<Organisation>
  let mentor: ID<Person>
  let mentee: ID<Person>
  let start: Instant
  let minutes: Int
  /// The session that is moved, so that it does not stand in its own way.
  var moving: ID<Session>?
  /// Whether the two have a standing agreement, so that the mentor's horizon does not count.
  var isAgreed = false
  let world: World

  /// The same time for a session that has no rows yet.
  var booking: CalendarClaim {
    var fresh = self
    fresh.moving = nil
    return fresh
  }

  var end: Instant { start + .minutes(minutes) }

  /// Refuses a time that is not a slot, takes the turns and frees expired holds.
  func check(_ tx: Transaction) throws {
    guard Session.lengths.contains(minutes) else { throw Problem.invalid("minutes", "Choose 15, 30, 45 or 60 minutes.") }
    guard start == Instant(minutes: start.minutes) else { throw Problem.invalid("start", "Choose one of the times offered.") }
    let search = try PersonTime.search(host: mentor, guest: mentee, minutes: minutes, org: org, except: moving, agreed: isAgreed, tx, world)
    guard search.isSlot(start.minutes) else { throw refusal(next: search.next(3, from: world.now().minutes), tx) }
    try takeTurns(tx)
    try freeExpiredHolds(tx)
  }

  /// Writes the time that the session takes of each, own buffers included; `until` is nil for a booking.
  func occupy(_ session: ID<Session>, until: Instant?, _ tx: Transaction) throws {
    let rules = try AvailabilityRules.load([mentor, mentee], org: org, tx)
    for person in [mentor, mentee].sorted() {
      let from = start - .minutes(rules[person]?.bufferBefore ?? 0)
      let to = end + .minutes(rules[person]?.bufferAfter ?? 0)
      try guarded {
        if moving == nil {
          try tx.run(
            """
            INSERT INTO occupancy (org_id, session_id, person_id, starts_at, ends_at, until)
            VALUES (\(org), \(session), \(person), \(from), \(to), \(until))
            """)
        } else {
          try tx.run(
            """
            UPDATE occupancy SET starts_at = \(from), ends_at = \(to), until = \(until)
            WHERE org_id = \(org) AND session_id = \(session) AND person_id = \(person)
            """)
        }
      }
    }
  }

  /// What the mentor's clock shows at the start; pages and mails of later years are made from it.
  func wall(_ tx: Transaction) throws -> (zone: String, text: String) {
    let zone = try AvailabilityRules.of(mentor, org: org, tx).zone
    return (zone, Zones.zone(zone).local(at: start.microseconds).description)
  }

  /// A row that others took in the meantime: the database's word in the user's terms.
  private func guarded(_ write: () throws -> Void) throws {
    do {
      try write()
    } catch let violation as Violation where violation.rule == .overlap {
      throw Problem.conflict(code: "slot_taken", detail: "That time was taken a moment ago. Choose another.")
    }
  }

  private func takeTurns(_ tx: Transaction) throws {
    for person in [mentor, mentee].sorted() {
      try Occupancy.takeTurn(person, org: org, tx)
    }
  }

  private func freeExpiredHolds(_ tx: Transaction) throws {
    let expired: [ID<Session>] = try tx.values(
      """
      SELECT DISTINCT session_id FROM occupancy WHERE org_id = \(org) AND person_id IN (\(mentor), \(mentee)) AND until <= \(world.now())
      """)
    for session in expired { try Booking.lapse(session, org: org, tx) }
  }

  /// "slot_taken" with the next three free starts, in the mentee's and the mentor's time.
  private func refusal(next starts: [Int32], _ tx: Transaction) -> Problem {
    let named = (try? Addressee.find(mentee, org: org, tx)).flatMap { $0 }
    let host = (try? Addressee.find(mentor, org: org, tx)).flatMap { $0 }
    guard let named, let host, !starts.isEmpty else {
      return .noSlot
    }
    let texts = starts.map { minute in
      let instant = Instant(minutes: minute)
      return SharedTime.words(instant, zone: named.zone, other: (host.zone, host.name)) + " (\(instant))"
    }
    return .conflict(code: "slot_taken", detail: "That time is not free any more. Next free: \(texts.joined(separator: "; ")).")
  }
}

extension Problem {
  static let noSlot = Problem.conflict(code: "slot_taken", detail: "That time is not free any more, and no other is at present.")
}
