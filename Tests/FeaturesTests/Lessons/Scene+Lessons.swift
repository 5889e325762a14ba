import Foundation
import Kit
import SpacedRepetition
import Store
import TandemTesting
import Web

@testable import Features

extension Scene {
  /// A lesson that ships with Tandem, by the name of its file.
  func lesson(_ slug: String, of org: ID<Organisation>? = nil) async throws -> ID<Lesson> {
    let org = org ?? self.org
    return try await store.read { tx in
      try tx.value("SELECT id FROM lesson WHERE org_id = \(org) AND slug = \(slug)") ?? ID(0)
    }
  }

  /// Ada has met Ben once, so that he is her mentee.
  func meet(_ mentor: Role = .ada, _ mentee: Role = .ben) async throws {
    let (org, mentor, mentee, world) = (org, id(mentor), id(mentee), world)
    try await store.write { tx in
      let now = world.now()
      try tx.run(
        """
        INSERT INTO session (org_id, id, kind, mentor_id, mentee_id, title, question, starts_at, ends_at, zone, wall, state, sequence, uid,
          link, extensions, made_by, created_at, booked_at, cancel_reason, was_late)
        VALUES (\(org), \(world.id(Session.self)), 'flash', \(mentor), \(mentee), 'A talk', '', \(now - .days(2)), \(now - .days(2) + .minutes(30)),
          'Europe/Berlin', '2026-11-21T09:00', 'met', 0, \(world.id(Session.self).description), '', 0, \(mentee), \(now - .days(3)),
          \(now - .days(3)), '', 0)
        """)
    }
  }

  /// Writes a lesson of the given text for everybody.
  func publish(_ text: String, title: String = "A test lesson") async throws -> ID<Lesson> {
    let (org, world) = (org, world)
    let (document, minutes) = try LessonDraft(slug: "test-\(title.count)", title: title, text: text, author: "Test").read()
    return try await store.write { tx in
      try StoreLesson(document: document, minutes: minutes, skills: [], origin: "starter", state: .published, authorName: "Test")(
        tx, org: org, world)
    }
  }

  /// Begins a lesson and finishes it.
  func finish(_ lesson: ID<Lesson>, as role: Role = .ben) async throws {
    try await self.do(role, MoveOn(lesson: lesson, part: 1))
    try await self.do(role, FinishLesson(lesson: lesson))
  }

  /// Cards of Ben that are due, each with its own words.
  func cards(_ count: Int, for role: Role = .ben) async throws -> [ID<Card>] {
    let (org, person, world) = (org, id(role), world)
    return try await store.write { tx in
      try (0..<count).map {
        try Card.make(org: org, person: person, front: "Front \($0)", back: "Back \($0)", source: .own, tx, world)
      }
    }
  }

  /// Ben's wishes about scheduling.
  func options(_ options: SchedulerOptions, minutes: Int = 10) async throws {
    let (org, person, world) = (org, id(.ben), world)
    try await store.write { tx in
      var learner = Learner()
      learner.options = options
      learner.dailyMinutes = minutes
      try learner.save(person, org: org, tx, world)
    }
  }
}
