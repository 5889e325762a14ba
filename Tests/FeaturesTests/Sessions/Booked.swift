import Features
import Foundation
import Kit
import Store
import TandemTesting
import Web

@testable import Features

extension Scene {
  /// Ada, the mentor in Berlin, gives lunch slots: Monday to Friday, 12:00 to 13:00. The scene stands on Monday, 09:00 in Berlin.
  func lunch(_ role: Role = .ada) async throws {
    try await self.do(role, UsePreset(preset: .lunch))
  }

  /// 12:00 in Berlin so many days after that Monday.
  func noon(_ days: Int = 1, minutes: Int = 0) -> Instant {
    Instant(seconds: 1_795_420_800) + .hours(3) + .days(days) + .minutes(minutes)
  }

  func book(
    _ mentee: Role = .ben, with mentor: Role = .ada, at start: Instant? = nil, minutes: Int = 30,
    question: String = "How do I begin a talk?"
  ) async throws -> ID<Session> {
    let viewer = try await viewer(mentee)
    let mentorID = id(mentor)
    let at = start ?? noon()
    let world = world
    return try await store.write { tx in
      try Booking.book(
        tx, viewer, mentor: mentorID, mentee: viewer.person, start: at, minutes: minutes, title: "Beginning a talk", question: question,
        world)
    }
  }

  func session(_ id: ID<Session>) async throws -> Session {
    let org = org
    guard let session = try await store.read({ tx in try Session.find(id, org: org, tx) }) else { throw Problem.notFound }
    return session
  }

  /// Rows of `occupancy` of a session.
  func occupied(_ id: ID<Session>) async throws -> Int {
    let org = org
    return try await store.read { tx in try tx.count("SELECT count(*) FROM occupancy WHERE org_id = \(org) AND session_id = \(id)") }
  }

  /// Breaches of every check of the product.
  func breaches() async throws -> [String] {
    let checks = Features.all.flatMap(\.checks)
    return try await store.read { tx in try checks.filter { try $0.breaches(tx) > 0 }.map(\.name) }
  }

  /// A booked session whose time is over.
  func met(_ id: ID<Session>) async throws {
    clock.set(try await session(id).start)
    try await self.do(.ben, CheckIn(session: id))
    try await self.do(.ada, CheckIn(session: id))
    clock.set(try await session(id).end + .minutes(1))
  }
}

/// The code of the problem a body throws.
func code(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch {
    return (error as? Problem)?.code ?? "\(error)"
  }
}
