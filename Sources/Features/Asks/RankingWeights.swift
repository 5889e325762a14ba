import Kit
import Matching

extension OrganisationSettings {
  /// The weights of the ranking. What does not add up to 1000 counts as not set.
  var weights: Weights {
    guard let rankingWeights else { return .standard }
    let perMille = Factor.weighted.map { ($0, rankingWeights[$0.word] ?? 0) }
    return (try? Weights(Dictionary(uniqueKeysWithValues: perMille))) ?? .standard
  }

  mutating func set(_ weights: Weights) {
    let perMille = Factor.weighted.map { ($0.word, weights[$0]) }
    rankingWeights = weights == .standard ? nil : Dictionary(uniqueKeysWithValues: perMille)
  }
}

extension Factor {
  /// Those with a weight, in the order of their lines.
  static let weighted = allCases.filter { !$0.isBoost }

  /// Its name in settings, forms and JSON: `skill_fit`.
  var word: String { rawValue.snakeCased }
}
