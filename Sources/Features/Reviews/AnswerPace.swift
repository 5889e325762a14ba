import Kit
import SpacedRepetition
import Store
import Web

/// People who answer cards as fast as the database takes them: what a measurement of the whole way needs.
public struct AnswerPace: Sendable {
  private let viewers: [Viewer]

  /// Makes an organisation whose members have so many new cards each.
  public init(people: Int, cards: Int, in store: Store, _ world: World) async throws {
    viewers = try await store.write { tx in
      let org = try CreateOrganisation(name: "Measured", zone: "UTC")(tx, world)
      return try (0..<people).map { number in
        let name = "Measured \(number)"
        let person = try CreateMember(email: "measured\(number)@example.org", name: name, zone: "UTC")(
          tx, org: org, by: nil, origin: "command", world)
        var learner = Learner()
        learner.options = try SchedulerOptions(learningSteps: [], relearningSteps: [])
        learner.dailyMinutes = 60
        try learner.save(person, org: org, tx, world)
        for number in 0..<cards {
          try Card.make(org: org, person: person, front: "q\(number)", back: "a\(number)", source: .own, tx, world)
        }
        return Viewer(org: org, person: person, roles: .member, origin: .session(0), name: name, zone: "UTC", orgName: "Measured")
      }
    }
  }

  /// Lets everybody answer card after card until none is left, each answer in a transaction of its own.
  /// - Returns: how many were answered.
  public func run(_ store: Store, _ world: World) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for viewer in viewers {
        group.addTask {
          var answered = 0
          while let card = try await next(viewer, store, world) {
            _ = try await store.write { tx in try AnswerCard(card: card, answer: .recalled)(tx, viewer, world) }
            answered += 1
          }
          return answered
        }
      }
      return try await group.reduce(0, +)
    }
  }

  /// The card to answer now, as the page asks for it.
  private func next(_ viewer: Viewer, _ store: Store, _ world: World) async throws -> ID<Card>? {
    try await store.read { tx in
      try ReviewQueue.load(
        viewer.person, org: viewer.org, clock: LearningClock(zone: viewer.zone, world), isUncapped: true, tx
      ).first?.id
    }
  }
}
