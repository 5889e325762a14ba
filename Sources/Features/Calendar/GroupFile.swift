import Kit
import Scheduling
import Store
import Web

/// A group session as a calendar file, for whoever gives it or has a seat: the same entry as in their mails, so that later ones update it.
struct GroupFile: Input {
  var group: ID<GroupSession>

  func text(_ tx: Transaction, _ viewer: Viewer, _ site: Site) throws -> String {
    let own = try OwnGroup.of(viewer.person, org: viewer.org, from: site.world.now(), tx)
    guard let found = own.first(where: { $0.session.id == group }) else { throw Problem.notFound }
    return ICalendar.publish([found.event(stamp: (found.session.start - .days(1)).microseconds, site)], name: "Tandem")
  }
}

extension OwnGroup {
  func event(_ content: CalendarFeed.Content = .full, stamp: Int64, _ site: Site) -> CalendarEvent {
    var event = CalendarEvent(
      uid: session.uid, sequence: sequence, stamp: stamp, start: session.start.microseconds, end: session.end.microseconds,
      summary: "Busy")
    if content == .busy { return event }
    event.summary = session.title
    event.description = session.about.isEmpty ? nil : session.about
    event.location = session.link.isEmpty ? nil : session.link
    event.url = "\(site.settings.baseURL)/groups/\(session.id)"
    return event
  }
}
