import Foundation
import Kit
import Scheduling
import Store
import Web

/// One session as a calendar file: the same entry as in the invitation, so that later mails update it.
struct SessionFile: Input {
  var session: ID<Session>

  func text(_ tx: Transaction, _ viewer: Viewer, _ site: Site) throws -> String {
    let found = try Session.find(session, for: viewer, tx)
    guard [.booked, .met, .wrapped].contains(found.state) else { throw Problem.notFound }
    let other = try Member.named([found.other(than: viewer.person)], org: viewer.org, tx).values.first
    return ICalendar.publish(
      [
        CalendarEvent(
          uid: found.uid, sequence: found.sequence, stamp: (found.start - .days(1)).microseconds, start: found.start.microseconds,
          end: found.end.microseconds, summary: "\(found.title) · \(other?.name ?? "")",
          description: found.question.isEmpty ? nil : found.question, location: found.link.isEmpty ? nil : found.link,
          url: "\(site.settings.baseURL)/sessions/\(found.id)")
      ], name: "Tandem")
  }
}

/// Ways to put a session into a calendar that is not subscribed to the feed.
struct CalendarLinks: Output {
  let google: String
  let outlook: String
  let file: String

  init(_ session: Session, with name: String) {
    self.init(
      "/sessions/\(session.id)", title: "\(session.title) · \(name)", details: session.question, place: session.link, from: session.start,
      to: session.end)
  }

  init(_ group: GroupSession) {
    self.init("/groups/\(group.id)", title: group.title, details: group.about, place: group.link, from: group.start, to: group.end)
  }

  private init(_ path: String, title: String, details: String, place: String, from start: Kit.Instant, to end: Kit.Instant) {
    file = "\(path)/invite.ics"
    google = CalendarLinks.address(
      "https://calendar.google.com/calendar/render",
      [
        ("action", "TEMPLATE"), ("text", title), ("dates", "\(CalendarLinks.compact(start))/\(CalendarLinks.compact(end))"),
        ("details", details), ("location", place),
      ])
    outlook = CalendarLinks.address(
      "https://outlook.office.com/calendar/0/deeplink/compose",
      [
        ("path", "/calendar/action/compose"), ("rru", "addevent"), ("subject", title), ("startdt", "\(start)"),
        ("enddt", "\(end)"), ("body", details), ("location", place),
      ])
  }

  /// `20261123T080000Z`.
  private static func compact(_ instant: Kit.Instant) -> String {
    Kit.Instant(seconds: instant.seconds).description.filter { $0 != "-" && $0 != ":" }
  }

  private static func address(_ base: String, _ fields: [(String, String)]) -> String {
    let query = fields.filter { !$0.1.isEmpty }.map { name, value in
      "\(name)=\(value.shortened(to: 800).addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }
    return base + "?" + query.joined(separator: "&")
  }
}
