import Kit
import Store
import TandemTesting
import Web

@testable import Features

extension SceneObjects {
  /// A booked session of a mentor and a mentee with a point of the mentee's, an action and an insight of theirs, and a date away.
  mutating func addMeetings(_ scene: Scene) async throws {
    let north = try await Meeting(scene, scene.org, mentor: .ada, mentee: .ben)
    let south = try await Meeting(scene, scene.other, mentor: .otto, mentee: .olga)
    add("session", north.session, south.session, [.ada, .ben])
    add("point", north.point, south.point, [.ben])
    add("action", north.action, south.action, [.ben])
    add("insight", north.insight, south.insight, [.ben])
    add("exception", north.exception, south.exception, [.ben])
    add("calendar/token", north.token, south.token, [])
  }

  private struct Meeting: Sendable {
    let session: String
    let point: String
    let action: String
    let insight: String
    let exception: String
    let token: String

    init(_ scene: Scene, _ org: ID<Organisation>, mentor: Scene.Role, mentee: Scene.Role) async throws {
      try await scene.do(mentor, UsePreset(preset: .lunch))
      let (viewer, host, world) = (try await scene.viewer(mentee), scene.id(mentor), scene.world)
      (session, point, action, insight, exception, token) = try await scene.store.write { tx in
        let start = try PersonTime.commonStarts(
          host: host, guest: viewer.person, minutes: 30, from: world.now(), count: 1, org: org, tx, world)
        guard let start = start.first else { throw Problem.notFound }
        let id = try Booking.book(
          tx, viewer, mentor: host, mentee: viewer.person, start: start, minutes: 30, title: "A talk", question: "How?", world)
        let agenda = try AddPoint(session: id, text: "A point")(tx, viewer, world)
        try ActionItems.add("Rehearse", due: viewer.today(world), owner: viewer.person, to: host, id, tx, viewer, world)
        let insight = try Insights.add("Begin with a question.", Session.find(id, for: viewer, tx), tx, viewer, world)
        let away = try AddException(kind: .off, first: "2026-12-24").insert(tx, viewer, world)
        let action = try ActionItems.open(viewer.person, org: org, tx).first
        return (
          id.description, agenda.points.first?.id.description ?? "", action?.id.description ?? "", insight.description, away.description,
          try CalendarFeed.rotate(tx, viewer, world)
        )
      }
    }
  }
}
