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
    add("hand_over", north.handOver, south.handOver, [.ada])
    add("group", north.group, south.group, [.ada])
    add("dispute", north.dispute, south.dispute, [])
    add("calendar/token", north.token, south.token, [])
  }

  private struct Meeting: Sendable {
    let session: String
    let point: String
    let action: String
    let insight: String
    let exception: String
    let token: String
    let handOver: String
    let group: String
    let dispute: String

    init(_ scene: Scene, _ org: ID<Organisation>, mentor: Scene.Role, mentee: Scene.Role) async throws {
      try await scene.do(mentor, UsePreset(preset: .lunch))
      let (viewer, host, world) = (try await scene.viewer(mentee), scene.id(mentor), scene.world)
      let hostViewer = try await scene.viewer(mentor)
      (session, point, action, insight, exception, token, handOver, group, dispute) = try await scene.store.write { tx in
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
          try CalendarFeed.rotate(tx, viewer, world), try Meeting.handOver(id, from: viewer.person, to: host, tx, viewer, world),
          try Meeting.group(hostViewer, tx, world),
          try Meeting.dispute(viewer, mentor: host, tx, world)
        )
      }
    }

    /// A session of last week that one of the two missed, and says they did not.
    private static func dispute(_ viewer: Viewer, mentor: ID<Person>, _ tx: Transaction, _ world: World) throws -> String {
      let id: ID<Session> = world.id()
      let start = world.now() - .days(7)
      try tx.run(
        """
        INSERT INTO session (org_id, id, kind, mentor_id, mentee_id, title, question, starts_at, ends_at, zone, wall, state, sequence, uid,
          link, extensions, made_by, created_at, booked_at, cancel_reason, was_late)
        VALUES (\(viewer.org), \(id), 'flash', \(mentor), \(viewer.person), 'Missed', '', \(start), \(start + .minutes(30)), 'Europe/Berlin',
          '2026-11-16T09:00', 'no_show', 0, \("\(id)"), '', 0, \(viewer.person), \(start), \(start), '', 0)
        """)
      try Attendance.set(id, mentor, .absent, by: viewer.person, org: viewer.org, tx, world)
      try tx.run(
        """
        INSERT INTO dispute (org_id, session_id, raised_by, words, raised_at)
        VALUES (\(viewer.org), \(id), \(mentor), \("I was there."), \(world.now()))
        """)
      return id.description
    }

    private static func group(_ mentor: Viewer, _ tx: Transaction, _ world: World) throws -> String {
      try OpenGroup(kind: .group, title: "A circle", about: nil, date: "2026-12-10", time: "15:00", minutes: 60, seats: 3, link: nil)(
        tx, mentor, world
      ).id.description
    }

    /// Written as the row it is: neither organisation here has a second mentor who is nobody's stranger.
    private static func handOver(
      _ session: ID<Session>, from: ID<Person>, to: ID<Person>, _ tx: Transaction, _ viewer: Viewer, _ world: World
    ) throws -> String {
      let id: ID<HandOver> = world.id()
      try tx.run(
        """
        INSERT INTO hand_over (org_id, id, session_id, from_id, to_id, sequence, words, asked_at, state)
        VALUES (\(viewer.org), \(id), \(session), \(from), \(to), 0, \(""), \(world.now()), 'asked')
        """)
      return id.description
    }
  }
}
