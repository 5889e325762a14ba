import Kit
import Web

enum SessionEndpoints {
  static let all: [Endpoint] = lists + booking + changes + meeting + wrapUp

  private static let lists: [Endpoint] = [
    .page("/sessions", ListSessions.self, "sessions/index", "List the viewer's sessions"),
    .page("/sessions/new", PickSlot.self, "sessions/new", "Show free times with a mentor"),
    .page("/sessions/:session", ShowSession.self, "sessions/show", "Show a session"),
  ]

  private static let booking: [Endpoint] = [
    .act(.post, "/sessions", HoldSlot.self, "Hold a slot for five minutes", form: "/sessions/new", creates: true) {
      Destination("/sessions/\($0.id)")
    },
    .act(.post, "/sessions/:session/extend", ExtendHold.self, "Hold a slot for five more minutes", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Held for five more minutes.")
    },
    .act(.post, "/sessions/:session/release", ReleaseHold.self, "Let a held slot go") { _ in
      Destination("/sessions", say: "Let go. The time is free for others.")
    },
    .act(.post, "/sessions/:session/book", BookHeld.self, "Book a held slot", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Booked. \($0.start.text) your time\($0.other.map { ", \($0)" } ?? "").")
    },
  ]

  private static let changes: [Endpoint] = [
    .page("/sessions/:session/move", ShowMove.self, "sessions/move", "Show times to which a session can be moved"),
    .act(.post, "/sessions/:session/move", MoveSession.self, "Move a session", form: "/sessions/:session/move") {
      Destination("/sessions/\($0.id)", say: "Moved to \($0.start.text). We tell \(firstName($0.with.name)).")
    },
    .act(.post, "/sessions/:session/cancel", CancelSession.self, "Cancel a session", form: "/sessions/:session/move") {
      Destination("/sessions/\($0.id)", say: "Cancelled. We tell \(firstName($0.with.name)).")
    },
  ]

  private static let meeting: [Endpoint] = [
    .act(.post, "/sessions/:session/place", SetMeetingPlace.self, "Say where to meet", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Saved. Both of you see it.")
    },
    .act(.post, "/sessions/:session/points", AddPoint.self, "Add a point to the agenda", form: "/sessions/:session") {
      Destination("/sessions/\($0.session)", say: "Added.")
    },
    .act(.post, "/sessions/:session/points/:point/remove", RemovePoint.self, "Take an own point off the agenda") {
      Destination("/sessions/\($0.session)", say: "Removed.")
    },
    .act(.post, "/sessions/:session/notes", SaveNote.self, "Write notes", form: "/sessions/:session") {
      Destination("/sessions/\($0.session)", say: "Saved.")
    },
    .act(.post, "/sessions/:session/check-in", CheckIn.self, "Say that one is there", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Checked in.")
    },
    .act(.post, "/sessions/:session/no-show", MarkNoShow.self, "Say that the other did not come", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Noted. \(firstName($0.with.name)) can be booked again in one step.")
    },
    .act(.post, "/sessions/:session/took-place", SayTookPlace.self, "Say whether it took place", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Noted. Thank you.")
    },
  ]

  private static let wrapUp: [Endpoint] = [
    .page("/sessions/:session/wrap-up", ShowWrapUp.self, "sessions/wrap-up", "Show the wrap-up of a session"),
    .act(.post, "/sessions/:session/wrap-up", WrapUp.self, "Send a wrap-up", form: "/sessions/:session/wrap-up") {
      Destination(
        "/sessions/\($0.id)",
        say: $0.state == .wrapped ? "Sent. Here is what both of you wrote." : "Sent. You see theirs once they have sent it.")
    },
  ]
}
