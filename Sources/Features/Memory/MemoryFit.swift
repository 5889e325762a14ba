import Foundation
import Kit
import SpacedRepetition
import Store
import Web

/// One attempt to describe how a person forgets, by their own answers.
struct MemoryFit: Sendable, RowDecodable {
  /// What held-out answers said about four ways of foretelling them.
  struct Worth: Codable, Sendable, Hashable {
    let defaults: Scores
    let fitted: Scores
    let average: Scores
    let movingAverage: Scores
  }

  let id: ID<MemoryFit>
  /// 1 for the person's first.
  let version: Int
  let fittedAt: Kit.Instant
  /// Answers there were.
  let reviews: Int
  /// Those of them on a later day than the one before: what can be foretold.
  let items: Int
  /// Those of them that were no outliers.
  let trained: Int
  let parameters: Parameters
  let worth: Worth
  let isAdopted: Bool

  /// From so many answers on a fit is tried.
  static let leastReviews = 400

  init(row: Row) throws {
    id = try row("id")
    version = try row("version")
    fittedAt = try row("fitted_at")
    reviews = try row("reviews")
    items = try row("items")
    trained = try row("trained")
    parameters = try JSONDecoder().decode(Parameters.self, from: Data(try row("weights", as: String.self).utf8))
    worth = try Worth(text: try row("scores"))
    isAdopted = try row("adopted")
  }

  /// All attempts of a person, the newest first.
  static func all(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [MemoryFit] {
    try tx.all(
      """
      SELECT id, version, fitted_at, reviews, items, trained, weights, scores, adopted FROM memory_fit
      WHERE org_id = \(org) AND person_id = \(person) ORDER BY version DESC
      """)
  }

  /// The weights in use, as a query for one value: those of the last attempt that was adopted.
  static func current(of person: ID<Person>, org: ID<Organisation>) -> SQL {
    """
    SELECT weights FROM memory_fit WHERE org_id = \(org) AND person_id = \(person) AND adopted = 1 ORDER BY version DESC LIMIT 1
    """
  }

  /// Adds an attempt as the person's next version.
  static func add(
    _ adoption: Adoption, reviews: Int, person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> ID<MemoryFit> {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let worth = Worth(adoption.evaluation)
    let id: ID<MemoryFit> = world.id()
    try tx.run(
      """
      INSERT INTO memory_fit (org_id, id, person_id, version, fitted_at, reviews, items, trained, weights, scores, adopted)
      VALUES (\(org), \(id), \(person),
        (SELECT coalesce(max(version), 0) + 1 FROM memory_fit WHERE org_id = \(org) AND person_id = \(person)), \(world.now()),
        \(reviews), \(adoption.fit.items), \(adoption.fit.trained),
        \(String(decoding: try encoder.encode(adoption.fit.parameters), as: UTF8.self)),
        \(String(decoding: try encoder.encode(worth), as: UTF8.self)), \(adoption.isBetter))
      """)
    return id
  }
}

extension MemoryFit.Worth {
  init(_ evaluation: Evaluation) {
    self.init(
      defaults: evaluation.defaults, fitted: evaluation.fitted, average: evaluation.average, movingAverage: evaluation.movingAverage)
  }
}

extension MemoryFit.Worth {
  init(text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }
}
