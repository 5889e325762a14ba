import Kit
import Scheduling
import Store
import Web

/// A reminder that still holds: its session is as it was when the reminder was planned.
struct DueReminder {
  let reminder: Reminder
  let session: Session
  let own: Addressee
  let words: SessionWords

  /// Nil when the session was moved, called off, wrapped up, or the reminder is of no use any more.
  init?(_ reminder: Reminder, _ own: Addressee, _ tx: Transaction) throws {
    guard let session = try Session.find(reminder.session, org: reminder.org, tx), session.sequence == reminder.sequence,
      reminder.kind == .after ? [.booked, .met].contains(session.state) : session.state == .booked,
      let other = try Addressee.find(session.other(than: own.id), org: reminder.org, tx)
    else { return nil }
    if reminder.kind == .after, try WrapUpRow.exists(session.id, by: own.id, org: reminder.org, tx) { return nil }
    self.reminder = reminder
    self.session = session
    self.own = own
    words = SessionWords(session: session, own: own, other: other)
  }

  func letter(_ tx: Transaction, _ world: World) throws -> Letter {
    var letter = reminder.kind == .after ? after : try before(tx, world)
    letter.about = .init(session: session.id, sequence: session.sequence)
    return letter
  }

  private func before(_ tx: Transaction, _ world: World) throws -> Letter {
    var letter = Letter(
      to: own.id, .session, subject: "\(near(world.now())): \(words.start) with \(words.other.name)", [words.when],
      quote: session.question.isEmpty ? nil : session.question,
      buttons: [.init("Open the session", "/sessions/\(session.id)"), .init("Change time or cancel", "/sessions/\(session.id)/move")])
    if let place = words.place { letter.paragraphs.append(place) }
    if reminder.kind == .day { letter.paragraphs += try Agenda.load(session, own.viewer(), tx, world).lines }
    if reminder.kind == .ten { letter.channels = try isByMail(tx, world) ? [.mail] : [.push] }
    return letter
  }

  /// The last minutes are told on devices. Without one, whoever wants no earlier reminder would get none at all.
  private func isByMail(_ tx: Transaction, _ world: World) throws -> Bool {
    let choice = try NotificationChoice.of(own, tx)
    guard choice.reminders.isDisjoint(with: [.day, .hour]) else { return false }
    return try !choice.wants(.session, .push) || PushDevice.of(own.id, org: own.org, tx, world).isEmpty
  }

  private var after: Letter {
    Letter(
      to: own.id, .session, subject: "Wrap up your session with \(words.other.name) in a minute",
      ["What is the one thing you take away? Write it down while it is fresh; \(words.with) sees it once both have sent theirs."],
      buttons: [.init("Wrap up", "/sessions/\(session.id)/wrap-up")])
  }

  /// How near the session is, by the receiver's own calendar: quiet hours may have moved the reminder.
  func near(_ now: Kit.Instant) -> String {
    let minutes = Int((session.start - now).minutes.rounded())
    if minutes <= 0 { return "Now" }
    if (50...70).contains(minutes) { return "In an hour" }
    if minutes < 90 { return "In \(counted(minutes, "minute"))" }
    let zone = Zones.zone(own.zone)
    let days = zone.local(at: session.start.microseconds).date.days(since: zone.local(at: now.microseconds).date)
    return days == 0 ? "Today" : days == 1 ? "Tomorrow" : "In \(counted(days, "day"))"
  }
}
