import Kit
import Store
import Web

/// Which feeds the viewer has, and once, right after it was made, the address of one; and the calendars that are read.
struct CalendarPage: Output {
  let exists: Bool
  let existsBusy: Bool
  let address: String?
  /// Whether the address shows times alone.
  let isBusy: Bool
  let feeds: [BusyFeedLine]
  let form: Form

  static func load(_ viewer: Viewer, made: (address: String, content: CalendarFeed.Content)? = nil, _ tx: Transaction, _ world: World)
    throws
    -> CalendarPage
  {
    let contents = try CalendarFeed.contents(for: viewer, tx)
    return CalendarPage(
      exists: contents.contains(.full), existsBusy: contents.contains(.busy), address: made?.address, isBusy: made?.content == .busy,
      feeds: try BusyFeed.of(viewer.person, org: viewer.org, tx).map { BusyFeedLine($0, viewer, now: world.now()) },
      form: AddBusyFeed.form)
  }
}

struct ShowCalendar: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CalendarPage { try .load(viewer, tx, world) }
}

/// Which feed is to be made.
struct FeedChoice: Input {
  var content: CalendarFeed.Content?
}

/// Closes a feed: programs that read it get nothing any more.
struct CloseCalendar: UseCase {
  var content: CalendarFeed.Content?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CalendarPage {
    let closed = try tx.run(
      """
      DELETE FROM calendar_address WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)
        AND content = \(content ?? .full)
      """)
    if closed == 1 { try tx.record(viewer, "calendar.closed", viewer.person, [:], world) }
    return try .load(viewer, tx, world)
  }
}

/// A token in the path of the feed; a trailing `.ics` is not part of it.
struct FeedAddress: Input {
  var token: String

  var bare: String { token.hasSuffix(".ics") ? String(token.dropLast(4)) : token }
}
