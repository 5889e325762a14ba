import Kit
import Store
import Web

/// The viewer's sessions: what comes, what waits for a wrap-up, what was.
struct ListSessions: UseCase {
  static let perPage = 20

  /// Past sessions that began before this.
  var before: Instant?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> SessionsPage {
    let upcoming = before == nil ? try Sessions.upcoming(viewer, tx, world) : []
    let past = try Sessions.past(viewer, before: before, limit: ListSessions.perPage + 1, tx, world)
    let asked = before == nil ? try Sessions.waiting(viewer, tx, world) : []
    let waiting = before == nil ? try Sessions.toWrapUp(viewer, tx, world) : []
    let now = world.now()
    let groups = before == nil ? try OwnGroup.of(viewer.person, org: viewer.org, from: now, limit: 50, tx) : []
    let last = past.count > ListSessions.perPage ? past.dropLast().last : nil
    return SessionsPage(
      waiting: asked, upcoming: upcoming, groups: groups.map { OwnGroupLine($0.session, viewer, now: now) }, toWrapUp: waiting,
      past: Array(past.prefix(ListSessions.perPage)),
      nextHref: try last.map { "/sessions?before=\(try Session.find($0.id, for: viewer, tx).start)" },
      isEmpty: before == nil && asked.isEmpty && upcoming.isEmpty && groups.isEmpty && past.isEmpty)
  }
}

struct SessionsPage: Output {
  /// Wishes that wait for a mentor's word, the viewer's or another's.
  let waiting: [SessionSummary]
  let upcoming: [SessionSummary]
  /// Group sessions that the viewer gives or has a seat in.
  let groups: [OwnGroupLine]
  let toWrapUp: [SessionSummary]
  let past: [SessionSummary]
  let nextHref: String?
  let isEmpty: Bool
}
