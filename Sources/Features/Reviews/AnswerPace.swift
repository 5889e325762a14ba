import Kit
import SpacedRepetition
import Store
import Web

/// One person who answers cards as fast as the database takes them: what a measurement of the whole way needs.
public struct AnswerPace: Sendable {
  private let viewer: Viewer

  /// Makes an organisation with one member and so many new cards.
  public init(cards: Int, in store: Store, _ world: World) async throws {
    viewer = try await store.write { tx in
      let org = try CreateOrganisation(name: "Measured", zone: "UTC")(tx, world)
      let person = try CreateMember(email: "measured@example.org", name: "Measured", zone: "UTC")(
        tx, org: org, by: nil, origin: "command", world)
      var learner = Learner()
      learner.options = try SchedulerOptions(learningSteps: [], relearningSteps: [])
      learner.dailyMinutes = 60
      try learner.save(person, org: org, tx, world)
      for number in 0..<cards {
        try Card.make(org: org, person: person, front: "q\(number)", back: "a\(number)", source: .own, tx, world)
      }
      return Viewer(org: org, person: person, roles: .member, origin: .session(0), name: "Measured", zone: "UTC", orgName: "Measured")
    }
  }

  /// The card to answer now, as the page asks for it.
  public func next(_ store: Store, _ world: World) async throws -> ID<Card>? {
    try await store.read { tx in
      try ReviewQueue.load(
        viewer.person, org: viewer.org, clock: LearningClock(zone: viewer.zone, world), isUncapped: true, tx
      ).entries.first?.id
    }
  }

  /// Answers a card in a transaction of its own.
  public func answer(_ card: ID<Card>, _ store: Store, _ world: World) async throws {
    _ = try await store.write { tx in try AnswerCard(card: card, answer: .recalled)(tx, viewer, world) }
  }
}
