import Jobs
import Kit
import Outside
import Scheduling
import Store
import Web

/// Puts a group session into the calendar of one person, or takes it out.
struct GroupMail: Job {
  static let kind = "group-mail"

  enum Event: String, Codable, Sendable { case seated, left, cancelled }

  let group: ID<GroupSession>
  let person: ID<Person>
  let event: Event
  /// Rises with each mail to this person, so that the calendar follows the last one.
  let sequence: Int

  static func plan(_ group: GroupSession, to person: ID<Person>, _ event: Event, _ tx: Transaction, _ world: World) throws {
    let before = try countOne(group, to: person, tx) - 1
    let mail = GroupMail(group: group.id, person: person, event: event, sequence: group.sequence + before)
    try tx.enqueue(mail, for: group.org, key: mail.key, at: world.now(), world)
  }

  /// Counts one more mail to the person and gives its number. The queue forgets its jobs, so the count stands with the seat, and the
  /// mentor's with the session.
  private static func countOne(_ group: GroupSession, to person: ID<Person>, _ tx: Transaction) throws -> Int {
    let mails: Int?
    if person == group.mentor {
      mails = try tx.value("UPDATE group_session SET mails = mails + 1 WHERE org_id = \(group.org) AND id = \(group.id) RETURNING mails")
    } else {
      mails = try tx.value(
        """
        UPDATE group_seat SET mails = mails + 1 WHERE org_id = \(group.org) AND group_id = \(group.id) AND person_id = \(person)
        RETURNING mails
        """)
    }
    guard let count = mails else { throw Problem.notFound }
    return count
  }

  private var key: String { "\(group)/\(person)/\(sequence)/\(event.rawValue)" }

  /// Nothing is said that is not true any more: a seat given back at once, a session cancelled meanwhile.
  func send(_ tx: Transaction, org: ID<Organisation>, _ site: Site) throws {
    guard let current = try GroupSession.find(group, org: org, tx), let own = try Addressee.find(person, org: org, tx), own.isActive,
      (event == .cancelled) == (current.cancelledAt != nil)
    else { return }
    let isIn = try person == current.mentor || Seat.of(person, in: group, org: org, tx)?.state == .seated
    guard event == .cancelled || isIn == (event == .seated) else { return }
    let mentor = try Addressee.find(current.mentor, org: org, tx)
    let time = DisplayTime.dayAndTime(current.start.microseconds, Zones.zone(own.zone))
    let address = (try? Mailbox(parsing: site.settings.mailFrom))?.address.normalised ?? "tandem@localhost"
    let entry = CalendarEvent(
      uid: current.uid, sequence: sequence, stamp: site.world.now().microseconds, start: current.start.microseconds,
      end: current.end.microseconds, summary: current.title, description: "\(current.about)\n\(site.settings.baseURL)/groups/\(group)",
      location: current.link.isEmpty ? nil : current.link, url: "\(site.settings.baseURL)/groups/\(group)",
      organizer: CalendarOrganizer(name: mentor?.name ?? "Tandem", email: address),
      attendees: [CalendarAttendee(name: own.name, email: own.email)])
    let isRequest = event == .seated
    var lines = ["\(current.title), \(time) your time (\(DisplayTime.place(own.zone))), \(current.minutes) minutes."]
    if !current.cancelReason.isEmpty { lines.append("“\(current.cancelReason)”") }
    if isRequest, !current.link.isEmpty { lines.append("Meet at \(current.link).") }
    var letter = Letter(
      to: person, .session, subject: "\(event.words): \(current.title), \(time)", lines,
      buttons: [.init("Open the session", "/groups/\(group)")],
      calendar: .init(
        method: isRequest ? "REQUEST" : "CANCEL", text: isRequest ? ICalendar.request(entry) : ICalendar.cancel(entry)))
    if isRequest { letter.aboutGroup = .init(group: group) }
    try tx.send(letter, org: org, key: "group/\(key)", site.world)
  }
}

extension GroupMail.Event {
  var words: String {
    switch self {
    case .seated: "Your seat"
    case .left: "Seat given back"
    case .cancelled: "Cancelled"
    }
  }
}

/// Letters of a group session that carry no calendar entry.
enum GroupLetter {
  static func offer(_ group: GroupSession, to person: ID<Person>, until: Instant, _ tx: Transaction, _ world: World) throws {
    guard let own = try Addressee.find(person, org: group.org, tx), own.isActive else { return }
    let zone = Zones.zone(own.zone)
    var letter = Letter(
      to: person, .session, subject: "A seat is free: \(group.title)",
      [
        "A seat became free for \(DisplayTime.dayAndTime(group.start.microseconds, zone)) your time.",
        "It is kept for you until \(DisplayTime.dayAndTime(until.microseconds, zone)).",
      ], buttons: [.init("Take the seat", "/groups/\(group.id)")])
    letter.until = until
    try tx.send(
      letter, org: group.org, key: "group-offer/\(group.id)/\(person)/\(until.microseconds)", world)
  }

  static func cancelled(_ group: GroupSession, to person: ID<Person>, _ tx: Transaction, _ world: World) throws {
    try tx.send(
      Letter(to: person, .session, subject: "Cancelled: \(group.title)", ["You waited for a seat. It will not take place."]),
      org: group.org, key: "group-cancelled/\(group.id)/\(person)", world)
  }
}

/// An offered seat that nobody took in its twelve hours goes to the next.
struct EndSeatOffer: Job {
  static let kind = "group-offer-end"

  let group: ID<GroupSession>
  let person: ID<Person>
  let until: Instant

  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    guard let found = try GroupSession.find(group, org: org, tx), let seat = try Seat.of(person, in: group, org: org, tx),
      seat.state == .offered, seat.offeredUntil == until, until <= world.now()
    else { return }
    try Seat.set(person, in: group, .left, place: seat.place, org: org, tx, world)
    try tx.record(org: org, actor: nil, origin: "job", "group.lapsed", group, [:], world)
    if found.cancelledAt == nil { try Seat.passOn(found, tx, world) }
  }
}

/// Reminds one person of a group session, a day and an hour before, out of their night as of any session.
struct GroupReminder: Job {
  static let kind = "group-reminder"

  let group: ID<GroupSession>
  let person: ID<Person>
  let hours: Int

  static func plan(_ group: GroupSession, _ person: ID<Person>, _ tx: Transaction, _ world: World) throws {
    guard let own = try Addressee.find(person, org: group.org, tx) else { return }
    let quiet = try NotificationChoice.of(own, tx).quiet
    for hours in [24, 1] {
      let due = ReminderKind.awake(group.start - .hours(hours), before: group.start, quiet, zone: own.zone)
      guard due > world.now() else { continue }
      let job = GroupReminder(group: group.id, person: person, hours: hours)
      try tx.enqueue(job, for: group.org, key: job.key, at: due, world)
    }
  }

  private var kind: ReminderKind { hours == 1 ? .hour : .day }

  static func withdraw(_ group: GroupSession, _ person: ID<Person>, _ tx: Transaction) throws {
    try tx.withdraw(GroupReminder.self, keysFrom: "\(group.id)/\(person)/")
  }

  private var key: String { "\(group)/\(person)/\(hours)" }

  func send(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    let now = world.now()
    guard let current = try GroupSession.find(group, org: org, tx), current.cancelledAt == nil,
      now < current.start - (hours == 1 ? .minutes(0) : .hours(12)), let own = try Addressee.find(person, org: org, tx), own.isActive,
      try person == current.mentor || Seat.of(person, in: group, org: org, tx)?.state == .seated,
      try NotificationChoice.of(own, tx).reminders.contains(kind)
    else { return }
    let zone = Zones.zone(own.zone)
    let time = DisplayTime.dayAndTime(current.start.microseconds, zone)
    let isSoon = current.start - now <= .minutes(75)
    let isToday = zone.local(at: now.microseconds).date == zone.local(at: current.start.microseconds).date
    var letter = Letter(
      to: person, .session, subject: "\(isSoon ? "In an hour" : isToday ? "Today" : "Tomorrow"): \(current.title)",
      ["\(time) your time, \(current.minutes) minutes.", current.link.isEmpty ? "" : "Meet at \(current.link)."].filter { !$0.isEmpty },
      buttons: [.init("Open the session", "/groups/\(group)")])
    letter.aboutGroup = .init(group: group)
    letter.until = current.start
    try tx.send(letter, org: org, key: "group-reminder/\(key)", world)
  }
}
