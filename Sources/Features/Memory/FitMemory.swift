import Foundation
import Jobs
import Kit
import SpacedRepetition
import Store
import Web

/// Fits the memory model to one person's answers, and takes the fit into use if it foretells unseen answers better than what is used now.
struct FitMemory: Job {
  static let kind = "fit-memory"
  var person: ID<Person>

  /// Cards whose states are told anew in one go.
  static let batch = 400

  func callAsFunction(_ store: Store, org: ID<Organisation>, _ world: World) async throws {
    let (events, current) = try await store.read { tx in
      (
        try ReviewLog.events(ofAllCardsOf: person, org: org, tx),
        try tx.value(MemoryFit.current(of: person, org: org), as: String.self)
      )
    }
    let used = try current.map { try JSONDecoder().decode(Parameters.self, from: Data($0.utf8)) }
    let histories = Dictionary(grouping: events, by: \.card).sorted { $0.key < $1.key }.map { ReviewHistory(events: $0.value) }
    let adoption = Adoption(histories.filter { !$0.reviews.isEmpty }, replacing: used)
    let reviews = events.count { if case .review = $0.kind { true } else { false } }
    try await store.write { tx in
      let id = try MemoryFit.add(adoption, reviews: reviews, person: person, org: org, tx, world)
      guard adoption.isBetter else { return }
      try Self.tellAnew(person, org: org, tx, world)
      try tx.record(org: org, actor: person, origin: "job", "memory.fitted", id, ["reviews": "\(reviews)"], world)
    }
  }

  /// Folds all cards of a person again with the weights now in use. Days that are set stay: each becomes an event of its own.
  static func tellAnew(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    let learner = try Learner.load(person, org: org, tx)
    var after: ID<Card>?
    while true {
      let from: SQL = after.map { "AND id > \($0) " } ?? ""
      let cards: [Card] = try tx.all(
        """
        SELECT \(Card.columns) FROM card WHERE org_id = \(org) AND person_id = \(person) AND reviews > 0 \(from)
        ORDER BY id LIMIT \(batch)\(tx.dialect.forUpdate)
        """)
      guard let last = cards.last else { return }
      after = last.id
      var events = Dictionary(grouping: try ReviewLog.events(of: cards.map(\.id), org: org, tx), by: \.card)
      for card in cards {
        var own = events.removeValue(forKey: card.id.value) ?? []
        var replay = learner.scheduler.replay(own, card: card.id.value)
        if case .day(let day) = card.progress.due, let target = replay.scheduledBy, replay.progress.due != card.progress.due {
          let kept = try ReviewLog.keep(day, after: target, card, org: org, tx, world)
          own.append(kept)
          replay = learner.scheduler.replay(own, card: card.id.value)
        }
        try CardCache.write(replay, card, org: org, dueAt: card.dueAt, tx)
      }
    }
  }
}
