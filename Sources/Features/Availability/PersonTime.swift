import Kit
import Scheduling
import Store

/// What the rules and the calendar of people leave open.
enum PersonTime {
  /// A person's time, and when it changes by itself because a hold ends.
  struct Reading {
    var time: Participant
    /// The usual length of their sessions as a mentor, in minutes.
    var minutes: Int
    var until: Instant?
  }

  /// Rules, busy times and counted sessions of each person, in six statements however many they are.
  ///
  /// - Parameters:
  ///   - from, to: slots are sought between these; sessions of the weeks around them count against limits.
  ///   - session: a session that is about to be moved, so that it does not stand in its own way.
  static func load(
    _ persons: [ID<Person>], org: ID<Organisation>, from: Instant, to: Instant, except session: ID<Session>? = nil, _ tx: Transaction,
    _ world: World
  ) throws -> [ID<Person>: Participant] {
    try read(persons, org: org, from: from, to: to, except: session, tx, world).mapValues(\.time)
  }

  /// The same with the moments at which it changes by itself.
  static func read(
    _ persons: [ID<Person>], org: ID<Organisation>, from: Instant, to: Instant, except session: ID<Session>?, _ tx: Transaction,
    _ world: World
  ) throws -> [ID<Person>: Reading] {
    let given = try AvailabilityRules.given(persons, org: org, tx)
    let taken = try TakenTime.load(persons, org: org, from: from - .days(8), to: to + .days(8), except: session, tx, world)
    return given.reduce(into: [:]) { people, entry in
      let (rules, own) = (entry.value.rules, taken[entry.key] ?? TakenTime())
      let time = Participant(availability: rules, zone: Zones.zone(rules.zone), busy: own.busy, sessions: own.mentoring)
      people[entry.key] = Reading(time: time, minutes: entry.value.wishes.usual, until: own.until)
    }
  }

  /// The slots that a host's rules and both calendars leave for a session; none when one of the two blocks the other, as in a full calendar.
  ///
  /// - Parameter agreed: whether the two have a standing agreement, for which the host's horizon does not count.
  static func search(
    host: ID<Person>, guest: ID<Person>, minutes: Int, org: ID<Organisation>, except session: ID<Session>? = nil, agreed: Bool = false,
    _ tx: Transaction, _ world: World
  ) throws -> SlotSearch {
    let now = world.now()
    let pair = (host: host, guest: guest)
    let people = try load([host, guest], org: org, from: now, to: now + .days(AvailabilityRules.horizonLimit), except: session, tx, world)
    guard var host = people[host], let guest = people[guest] else { throw Problem.notFound }
    if agreed { host.availability.horizonDays = AvailabilityRules.horizonLimit }
    // There are no slots of no length.
    let length = try Block.stands(between: pair.host, and: pair.guest, org: org, tx) ? 0 : minutes
    return SlotSearch(host: host, guests: [guest.asGuest], minutes: length, now: now.microseconds)
  }

  /// The first `count` common starts at or after `from`.
  static func commonStarts(
    host: ID<Person>, guest: ID<Person>, minutes: Int, from: Instant, count: Int, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> [Instant] {
    try search(host: host, guest: guest, minutes: minutes, org: org, tx, world).next(count, from: from.minutes).map { Instant(minutes: $0) }
  }

  /// The next start of a session of each host's usual length with one guest. No statement for those whose time is known already, nine for
  /// all others together.
  static func nextFree(
    hosts: [KnownTimes.Wanted], guest: KnownTimes.Wanted, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> [ID<Person>: NextStart] {
    let now = world.now()
    let people = try known(hosts + [guest], org: org, tx, world)
    guard let own = people[guest.person] else { return [:] }
    let lengths = Set(hosts.compactMap { people[$0.person]?.minutes })
    let guests = lengths.reduce(into: [:]) { guests, minutes in
      guests[minutes] = GuestTime([own.time.participant.asGuest], minutes: minutes, now: now.microseconds)
    }
    return hosts.reduce(into: [:]) { found, host in
      guard let known = people[host.person], let guests = guests[known.minutes], host.person != guest.person else { return }
      let start = SlotSearch(host: known.time, guests: guests).nextFree(from: now.minutes).map { Instant(minutes: $0) }
      let notice = Span.minutes(known.time.participant.availability.noticeMinutes)
      found[host.person] = NextStart(
        start: start, zone: known.time.participant.zone, since: now,
        // Time alone takes the first start away, when it is nearer than the notice, and gives nobody an earlier one.
        until: start.map { min($0 - notice, known.until, own.until) } ?? now)
    }
  }
}

/// The first common start of two people, if there is any, and from when to when it is the first unless their times change.
struct NextStart {
  let start: Instant?
  /// The host's.
  let zone: Zone
  let since: Instant
  let until: Instant
}

extension Participant {
  /// The same person as the guest of somebody else: the windows and limits are for giving time, not for getting it. A guest can be met
  /// from 06:00 to 23:00 of the own clock, unless away or off, and keeps the own buffers. A pause is from giving, not from getting.
  var asGuest: Participant {
    var guest = self
    let week = Weekday.allCases.map { WeeklyWindow($0, Participant.guestDay) }
    guest.availability = Availability(
      zone: availability.zone, weekly: week, exceptions: availability.exceptions.filter(\.windows.isEmpty),
      away: availability.away.filter { !$0.isPause },
      bufferBefore: availability.bufferBefore, bufferAfter: availability.bufferAfter, noticeMinutes: 0, horizonDays: 730)
    guest.sessions = []
    return guest
  }

  private static let guestDay = DayWindow(from: WallTime(hour: 6, minute: 0) ?? .midnight, to: WallTime(hour: 23, minute: 0) ?? .midnight)
}
