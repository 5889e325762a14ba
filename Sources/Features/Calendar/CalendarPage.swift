import Kit
import Store
import Web

/// Whether the viewer has a feed, and once, right after it was made, its address.
struct CalendarPage: Output {
  let exists: Bool
  let address: String?
}

struct ShowCalendar: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CalendarPage {
    CalendarPage(exists: try CalendarFeed.exists(for: viewer, tx), address: nil)
  }
}

/// Closes the feed: programs that read it get nothing any more.
struct CloseCalendar: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CalendarPage {
    let closed = try tx.run("DELETE FROM calendar_feed WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    if closed == 1 { try tx.record(viewer, "calendar.closed", viewer.person, [:], world) }
    return CalendarPage(exists: false, address: nil)
  }
}

/// A token in the path of the feed; a trailing `.ics` is not part of it.
struct FeedAddress: Input {
  var token: String

  var bare: String { token.hasSuffix(".ics") ? String(token.dropLast(4)) : token }
}
