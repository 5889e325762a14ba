import Crypto
import Hummingbird
import Kit
import Store
import Web

/// Sessions in one's own calendar program.
extension Feature {
  static let calendar = Feature(
    "Calendar",
    endpoints: [
      .page("/calendar", ShowCalendar.self, "calendar/show", "Show whether there is a calendar feed"),
      // The address is answered at once instead of after a redirect, so that it is stored nowhere.
      .custom(
        .post, "/calendar", allow: .member, "Make a new address of the calendar feed", input: NoInput.self, output: .of(CalendarPage.self)
      ) {
        call, _ in
        let (viewer, token) = try await call.writing { tx in
          let viewer = try call.admit(tx)
          return (viewer, try CalendarFeed.rotate(tx, viewer, call.site.world))
        }
        let address = "\(call.site.settings.baseURL)/calendar/\(token).ics"
        return try .page("calendar/show", CalendarPage(exists: true, address: address), viewer: viewer)
      },
      .act(.post, "/calendar/close", CloseCalendar.self, "Close the calendar feed") { _ in
        Destination("/calendar", say: "Closed. The old address shows nothing any more.")
      },
      .custom(.get, "/calendar/:token", allow: .link, "Read a calendar feed", input: FeedAddress.self) { call, input in
        let text = try await call.reading { tx in try CalendarFeed.text(for: CalendarFeed.owner(of: input.bare, tx), tx, call.site) }
        let tag = "\"\(Array(SHA256.hash(data: Array(text.utf8)).prefix(12)).hex)\""
        let isKnown = call.headers[.ifNoneMatch] == tag
        var answer = Answer.bytes(isKnown ? [] : Array(text.utf8), "text/calendar; charset=utf-8")
        answer.status = isKnown ? 304 : 200
        answer.headers.append(("ETag", tag))
        return answer
      }.with {
        $0.surface = .page
        $0.contentType = "text/calendar"
      },
    ],
    migrations: CalendarFeed.migrations,
    checks: [
      Check("calendar feeds belong to members", remedy: "Remove the feeds of people who left; they are dead already.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM calendar_feed JOIN person ON person.org_id = calendar_feed.org_id AND person.id = calendar_feed.person_id
          WHERE person.state = 'left'
          """)
      }
    ],
    personalData: [
      PersonalColumn("calendar_feed", ["org_id", "person_id", "created_at"], .none, .delete),
      PersonalColumn("calendar_feed", ["token_hash"], .secret, .delete),
    ])
}
