import Kit
import Scheduling
import Store
import Web

/// Group sessions that come, the viewer's own first.
struct ListGroups: UseCase {
  struct Entry: Output {
    let id: ID<GroupSession>
    let title: String
    let kind: String
    let mentor: String
    let start: Moment
    let minutes: Int
    /// "3 of 6 seats are free", "Full, 2 wait".
    let seats: String
    let mine: String?
  }

  struct Page: Output {
    let groups: [Entry]
    let isEmpty: Bool
    let canOpen: Bool
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let found: [GroupSession] = try tx.all(
      """
      SELECT \(GroupSession.columns) FROM group_session WHERE org_id = \(viewer.org) AND starts_at > \(world.now()) AND cancelled_at IS NULL
      ORDER BY starts_at, id LIMIT 100
      """)
    let names = try Member.named(found.map(\.mentor), org: viewer.org, tx)
    let own = try mine(viewer, tx)
    let entries = found.map { group in
      Entry(
        id: group.id, title: group.title, kind: group.kind.words, mentor: names[group.mentor]?.name ?? "",
        start: Moment(group.start, viewer, now: world.now()), minutes: group.minutes, seats: GroupPage.seats(group),
        mine: group.mentor == viewer.person ? "Yours" : own[group.id].flatMap(\.words))
    }
    return Page(groups: entries, isEmpty: entries.isEmpty, canOpen: viewer.has(.mentor))
  }

  private func mine(_ viewer: Viewer, _ tx: Transaction) throws -> [ID<GroupSession>: Seat.State] {
    try tx.rows("SELECT group_id, state FROM group_seat WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
      .reduce(into: [:]) { $0[try $1("group_id")] = try $1("state", as: Seat.State.self) }
  }
}

/// One group session, with what the viewer can do about a seat.
struct ShowGroup: UseCase {
  var group: ID<GroupSession>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> GroupPage {
    let found = try GroupSession.find(group, for: viewer, tx)
    let now = world.now()
    let all = try Seat.all(in: group, org: viewer.org, tx)
    let own = all.first { $0.person == viewer.person }
    let isOwn = found.mentor == viewer.person
    let names = try Member.named([found.mentor] + all.map(\.person), org: viewer.org, tx)
    let mentor = names[found.mentor]
    let inLine = all.filter { $0.state == .waiting }
    let isIn = isOwn || own?.state == .seated
    return GroupPage(
      id: found.id, title: found.title, kind: found.kind.words, about: found.about, mentor: mentor?.name ?? "",
      start: Moment(found.start, viewer, now: now),
      range: DisplayTime.range(found.start.microseconds, found.end.microseconds, Zones.zone(viewer.zone)), minutes: found.minutes,
      place: isIn ? found.link : "", placeHref: isIn ? MeetingPlace.href(found.link) : nil, seats: GroupPage.seats(found), isOwn: isOwn,
      isOpen: found.isOpen(now), isCancelled: found.cancelledAt != nil, cancelReason: found.cancelReason,
      seat: own?.state, until: own?.offeredUntil.map { Moment($0, viewer, now: now) },
      position: own?.state == .waiting ? inLine.firstIndex { $0.person == viewer.person }.map { $0 + 1 } : nil,
      people: isIn ? all.filter { $0.state == .seated }.compactMap { names[$0.person]?.name } : [],
      waiting: isOwn ? inLine.compactMap { names[$0.person]?.name } : [],
      calendar: isIn && found.isOpen(now) ? CalendarLinks(found) : nil,
      cancelForm: isOwn && found.isOpen(now)
        ? Form(
          "/groups/\(found.id)/cancel", button: "Cancel it for everybody", id: "cancel", danger: true,
          [.area("reason", "Reason", help: "Everybody with a seat reads it.", rows: 2, optional: true, max: 500)]) : nil)
  }
}

struct GroupPage: Output {
  let id: ID<GroupSession>
  let title: String
  let kind: String
  let about: String
  let mentor: String
  let start: Moment
  let range: String
  let minutes: Int
  let place: String
  let placeHref: String?
  let seats: String
  let isOwn: Bool
  let isOpen: Bool
  let isCancelled: Bool
  let cancelReason: String
  let seat: Seat.State?
  /// Until when an offered seat is kept.
  let until: Moment?
  /// The viewer's place in line.
  let position: Int?
  let people: [String]
  let waiting: [String]
  /// For those who come.
  let calendar: CalendarLinks?
  let cancelForm: Form?
  var isSeated: Bool
  var isOffered: Bool
  var canJoin: Bool
  let joinWords: String

  init(
    id: ID<GroupSession>, title: String, kind: String, about: String, mentor: String, start: Moment, range: String, minutes: Int,
    place: String, placeHref: String?, seats: String, isOwn: Bool, isOpen: Bool, isCancelled: Bool, cancelReason: String, seat: Seat.State?,
    until: Moment?, position: Int?, people: [String], waiting: [String], calendar: CalendarLinks?, cancelForm: Form?
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.about = about
    self.mentor = mentor
    self.start = start
    self.range = range
    self.minutes = minutes
    self.place = place
    self.placeHref = placeHref
    self.seats = seats
    self.isOwn = isOwn
    self.isOpen = isOpen
    self.isCancelled = isCancelled
    self.cancelReason = cancelReason
    self.seat = seat
    self.until = until
    self.position = position
    self.people = people
    self.waiting = waiting
    self.calendar = calendar
    self.cancelForm = cancelForm
    isSeated = seat == .seated
    isOffered = seat == .offered
    canJoin = isOpen && !isOwn && (seat == nil || seat == .left)
    joinWords = seats.hasPrefix("All") ? "Wait for a seat" : "Take a seat"
  }

  static func seats(_ group: GroupSession) -> String {
    let free = group.seats - group.taken
    return free == 0 ? "All \(group.seats) seats are taken" : "\(free) of \(counted(group.seats, "seat")) \(free == 1 ? "is" : "are") free"
  }
}

extension Seat.State {
  var words: String? {
    switch self {
    case .seated: "You have a seat"
    case .offered: "A seat is kept for you"
    case .waiting: "You are in line"
    case .left: nil
    }
  }
}
