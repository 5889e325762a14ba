import Kit
import Matching
import Store
import Web

/// Sets what each factor of the ranking counts. Only the proportions matter: together they are made to be 1000.
struct ChangeWeights: UseCase {
  var skillFit: Int
  var soon: Int
  var fairLoad: Int
  var answers: Int
  var rating: Int
  var language: Int
  var crossing: Int
  var newFaces: Int
  /// The ask they were tried on, with which the page goes on.
  var ask: ID<Ask>?

  static let rules: [String: Rule] = Dictionary(uniqueKeysWithValues: Factor.weighted.map { ($0.word, .number(0...1000)) })

  struct Result: Output {
    /// As they are kept, by the names of the factors.
    var weights: [String: Int]
    /// Whether they had to be made to be 1000 together.
    var wasScaled: Bool
    var ask: ID<Ask>?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let given = WeightParts([skillFit, soon, fairLoad, answers, rating, language, crossing, newFaces])
    guard let weights = given.weights else { throw Problem.invalid("skill_fit", "At least one factor must count. Enter a number above 0.") }
    try KeptWeights.keep(weights, "organisation.weights_set", viewer, tx, world)
    return Result(weights: weights.words, wasScaled: given.sum != 1000, ask: ask)
  }
}

/// Puts the weights of the ranking back to the ones Tandem ships with.
struct ResetWeights: UseCase {
  init() {}

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    try KeptWeights.keep(.standard, "organisation.weights_reset", viewer, tx, world)
    return Done()
  }
}

enum KeptWeights {
  static func keep(_ weights: Weights, _ verb: String, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws {
    var settings = try OrganisationSettings.find(viewer.org, tx)
    settings.set(weights)
    try tx.swap("UPDATE organisation SET settings = \(settings.text) WHERE id = \(viewer.org)", otherwise: .notFound)
    try tx.record(viewer, verb, viewer.org, weights.words.mapValues { "\($0)" }, world)
  }
}

/// Numbers for the factors as somebody types them.
struct WeightParts {
  let parts: [Int]

  /// In the order of `Factor.weighted`.
  init(_ parts: [Int]) { self.parts = parts.map { min(max($0, 0), 1000) } }

  init(_ weights: Weights) { parts = Factor.weighted.map { weights[$0] } }

  var sum: Int { parts.reduce(0, +) }

  /// In the same proportions, 1000 together: what rounding down leaves over goes to the greatest remainders. Nil when all are 0.
  var weights: Weights? {
    let sum = sum
    guard sum > 0, parts.count == Factor.weighted.count else { return nil }
    var whole = parts.map { $0 * 1000 / sum }
    let order = parts.indices.sorted { (parts[$1] * 1000 % sum, $0) < (parts[$0] * 1000 % sum, $1) }
    for place in order.prefix(1000 - whole.reduce(0, +)) { whole[place] += 1 }
    return try? Weights(Dictionary(uniqueKeysWithValues: zip(Factor.weighted, whole)))
  }
}

extension Weights {
  /// By the names of the factors.
  var words: [String: Int] { Dictionary(uniqueKeysWithValues: Factor.weighted.map { ($0.word, self[$0]) }) }
}
