import Kit
import Outside
import Scheduling
import Web

/// The calendar event of a session. Its UID never changes and its sequence never falls, so that calendars follow every move.
struct SessionInvitation {
  let session: Session
  let people: [Addressee]
  /// Whose mail it is, and who caused it.
  let to: ID<Person>
  let by: ID<Person>
  /// By which an answer to this mail is known.
  let token: String
  let answers: [ID<Person>: CalendarAttendee.Answer]
  let site: Site

  func request(_ words: SessionWords) -> String { ICalendar.request(event("\(words.when)\n\(session.question)")) }

  func cancel() -> String { ICalendar.cancel(event("")) }

  private func event(_ text: String) -> CalendarEvent {
    let mentor = people.first { $0.id == session.mentor }?.name ?? "Tandem"
    return CalendarEvent(
      uid: session.uid, sequence: session.sequence, stamp: site.world.now().microseconds, start: session.start.microseconds,
      end: session.end.microseconds, summary: "\(session.title) · \(people.map(\.name).joined(separator: ", "))",
      description: "\(text)\n\(site.settings.baseURL)/sessions/\(session.id)", location: session.link.isEmpty ? nil : session.link,
      url: "\(site.settings.baseURL)/sessions/\(session.id)", organizer: CalendarOrganizer(name: mentor, email: organizer),
      attendees: people.sorted { $0.id < $1.id }.map(attendee))
  }

  /// The installation's address; with the token in it where answers by mail are read.
  private var organizer: String {
    guard let replies = site.settings.replyAddress, let at = replies.lastIndex(of: "@") else {
      return (try? Mailbox(parsing: site.settings.mailFrom))?.address.normalised ?? "tandem@localhost"
    }
    return "\(replies[..<at])+\(token)\(replies[at...])"
  }

  /// What is booked is agreed. Where answers are read, it is true to what each has said to this version.
  private func attendee(_ person: Addressee) -> CalendarAttendee {
    guard site.settings.replyAddress != nil else { return CalendarAttendee(name: person.name, email: person.email) }
    return CalendarAttendee(
      name: person.name, email: person.email, answer: person.id == by ? .accepted : answers[person.id] ?? .needsAction,
      wantsReply: person.id == to && person.id != by)
  }
}
