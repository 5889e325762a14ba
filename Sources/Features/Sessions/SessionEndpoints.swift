import Kit
import Web

enum SessionEndpoints {
  static let all: [Endpoint] = lists + booking + approval + changes + restoring + series + handOver + meeting + disputes + wrapUp

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
      Destination(
        "/sessions/\($0.id)",
        say: $0.state == .held
          ? "Sent. \(firstName($0.with.name)) says yes first." : "Booked. \($0.start.text) your time\($0.other.map { ", \($0)" } ?? "").")
    },
  ]

  private static let approval: [Endpoint] = [
    .act(.post, "/sessions/:session/approval", ConfirmSession.self, "Say yes to a session that waits", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Booked. \($0.start.text) your time. We tell \(firstName($0.with.name)).")
    },
    .act(.post, "/sessions/:session/refusal", DeclineSession.self, "Say no to a session that waits", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Declined. \(firstName($0.with.name)) gets other times.")
    },
    .act(.post, "/sessions/:session/times", ProposeMove.self, "Propose up to three other times", form: "/sessions/:session/move") {
      Destination("/sessions/\($0.id)", say: "Proposed. \(firstName($0.with.name)) picks one.")
    },
    .act(.post, "/sessions/:session/times/pick", AcceptMove.self, "Pick one of the times proposed", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Booked. \($0.start.text) your time. We tell \(firstName($0.with.name)).")
    },
    .act(.post, "/sessions/:session/times/refusal", DeclineMove.self, "Say that none of the times suits", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "We tell \(firstName($0.with.name)).")
    },
  ]

  private static let series: [Endpoint] = [
    .page("/sessions/:session/series", ShowSeries.self, "sessions/series", "Show what a series would mean"),
    .act(.post, "/sessions/:session/series", StartSeries.self, "Meet regularly", form: "/sessions/:session/series", creates: true) {
      Destination("/sessions/\($0.session)", say: "Booked \(counted($0.made, "session")). \($0.words).")
    },
  ]

  private static let handOver: [Endpoint] = [
    .page("/sessions/:session/hand-over", ShowHandOver.self, "sessions/hand-over", "Show colleagues who could take a session over"),
    .act(
      .post, "/sessions/:session/hand-over", OfferHandOver.self, "Ask a colleague to take a session over",
      form: "/sessions/:session/hand-over"
    ) {
      Destination("/sessions/\($0.id)", say: "Asked. The session stays yours until the answer is yes.")
    },
    .page("/sessions/hand-overs/:hand_over", AskedToTakeOver.self, "sessions/take-over", "Show a session that a colleague hands over"),
    .act(.post, "/sessions/hand-overs/:hand_over/acceptance", TakeOver.self, "Take a colleague's session over") {
      Destination("/sessions/\($0.id)", say: "It is yours. Thank you.")
    },
    .act(.post, "/sessions/hand-overs/:hand_over/refusal", DeclineHandOver.self, "Leave a session with the colleague") { _ in
      Destination("/sessions", say: "We tell your colleague.")
    },
  ]

  private static let disputes: [Endpoint] = [
    .act(.post, "/sessions/:session/dispute", RaiseDispute.self, "Say that a no-show was none", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Noted. A coordinator settles it; until then it counts for nobody.")
    },
    .page("/sessions/disputes", ListDisputes.self, allow: .manager, "sessions/disputes", "List no-shows that are disputed"),
    .act(
      .post, "/sessions/disputes/:dispute/settlement", SettleDispute.self, allow: .manager, "Settle a disputed no-show",
      form: "/sessions/disputes"
    ) {
      _ in Destination("/sessions/disputes", say: "Settled. Both hear of it.")
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

  private static let restoring: [Endpoint] = [
    .act(.post, "/sessions/:session/restore", RestoreSession.self, "Take a cancellation back", form: "/sessions/:session") {
      Destination("/sessions/\($0.id)", say: "Booked again. We tell \(firstName($0.with.name)).")
    }
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
