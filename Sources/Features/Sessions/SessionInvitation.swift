import Kit
import Outside
import Scheduling
import Web

/// The calendar event of a session. Its UID never changes and its sequence never falls, so that calendars follow every move.
struct SessionInvitation {
  let session: Session
  let people: [Addressee]
  let site: Site

  func request(_ words: SessionWords) -> String { ICalendar.request(event("\(words.when)\n\(session.question)")) }

  func cancel() -> String { ICalendar.cancel(event("")) }

  private func event(_ text: String) -> CalendarEvent {
    let mentor = people.first { $0.id == session.mentor }?.name ?? "Tandem"
    let address = (try? Mailbox(parsing: site.settings.mailFrom))?.address.normalised ?? "tandem@localhost"
    return CalendarEvent(
      uid: session.uid, sequence: session.sequence, stamp: site.world.now().microseconds, start: session.start.microseconds,
      end: session.end.microseconds, summary: "\(session.title) · \(people.map(\.name).joined(separator: ", "))",
      description: "\(text)\n\(site.settings.baseURL)/sessions/\(session.id)", location: session.link.isEmpty ? nil : session.link,
      url: "\(site.settings.baseURL)/sessions/\(session.id)", organizer: CalendarOrganizer(name: mentor, email: address),
      attendees: people.sorted { $0.id < $1.id }.map { CalendarAttendee(name: $0.name, email: $0.email) })
  }
}
