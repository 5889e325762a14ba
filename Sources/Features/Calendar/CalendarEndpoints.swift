import Crypto
import Hummingbird
import Kit
import Scheduling
import Store
import Web

enum CalendarEndpoints {
  static let all: [Endpoint] = feed + reading + answers

  private static let feed: [Endpoint] = [
    .page("/calendar", ShowCalendar.self, "calendar/show", "Show calendar feeds and the calendars that are read"),
    // The address is answered at once instead of after a redirect, so that it is stored nowhere.
    .custom(
      .post, "/calendar", allow: .member, "Make a new address of a calendar feed", input: FeedChoice.self, output: .of(CalendarPage.self)
    ) { call, input in
      let content = input.content ?? .full
      let (viewer, page) = try await call.writing { tx in
        let viewer = try call.admit(tx)
        let token = try CalendarFeed.rotate(tx, viewer, content: content, call.site.world)
        let address = "\(call.site.settings.baseURL)/calendar/\(token).ics"
        return (viewer, try CalendarPage.load(viewer, made: (address, content), tx, call.site.world))
      }
      return try .page("calendar/show", page, viewer: viewer)
    },
    .act(.post, "/calendar/close", CloseCalendar.self, "Close a calendar feed") { _ in
      Destination("/calendar", say: "Closed. The old address shows nothing any more.")
    },
    .custom(.get, "/calendar/:token", allow: .link, "Read a calendar feed", input: FeedAddress.self) { call, input in
      let text = try await call.reading { tx in
        let (owner, content) = try CalendarFeed.owner(of: input.bare, tx)
        return try CalendarFeed.text(for: owner, content, tx, call.site)
      }
      return file(text, call)
    }.with {
      $0.surface = .page
      $0.contentType = "text/calendar"
    },
    .custom(.get, "/sessions/:session/invite.ics", allow: .member, "Download a session as a calendar file", input: SessionFile.self) {
      call, input in
      let text = try await call.reading { tx in try input.text(tx, call.admit(tx), call.site) }
      return attachment(text, call)
    }.with { $0.contentType = "text/calendar" },
    .custom(.get, "/groups/:group/invite.ics", allow: .member, "Download a group session as a calendar file", input: GroupFile.self) {
      call, input in
      let text = try await call.reading { tx in try input.text(tx, call.admit(tx), call.site) }
      return attachment(text, call)
    }.with { $0.contentType = "text/calendar" },
  ]

  private static let reading: [Endpoint] = [
    .act(
      .post, "/calendar/feeds", "Read busy times from a calendar", form: "/calendar",
      then: { _ in Destination("/calendar", say: "Added. It is read in a moment, then every quarter of an hour.") }, onSite: AddBusyFeed.add
    ),
    .act(.post, "/calendar/feeds/:feed/read", ReadAgain.self, "Read a calendar again now") { _ in
      Destination("/calendar", say: "It is read in a moment.")
    },
    .act(.post, "/calendar/feeds/:feed/remove", RemoveBusyFeed.self, "Read a calendar no more") { _ in
      Destination("/calendar", say: "Removed. Its busy times are gone.")
    },
  ]

  private static let answers: [Endpoint] = [
    .openPage("/answer/:token", allow: .link, "calendar/answer", "Show what an answer to an invitation does", ShowInvitation.page).with {
      $0.surface = .page
    },
    .openAct(
      .post, "/answer/:token", allow: .link, "Answer an invitation", form: "/answer/:token", then: { $0.destination }, AnswerInvitation.act
    ).with { $0.surface = .page },
  ]

  private static func attachment(_ text: String, _ call: Call) -> Answer {
    var answer = file(text, call)
    if case .bytes(let bytes, let type, _) = answer.content { answer.content = .bytes(bytes, contentType: type, fileName: "session.ics") }
    return answer
  }

  /// A calendar; 304 when the asker has this version.
  private static func file(_ text: String, _ call: Call) -> Answer {
    let tag = "\"\(Array(SHA256.hash(data: Array(text.utf8)).prefix(12)).hex)\""
    let isKnown = call.headers[.ifNoneMatch] == tag
    var answer = Answer.bytes(isKnown ? [] : Array(text.utf8), "text/calendar; charset=utf-8")
    answer.status = isKnown ? 304 : 200
    answer.headers.append(("ETag", tag))
    return answer
  }
}
