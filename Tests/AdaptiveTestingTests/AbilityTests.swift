import Testing

@testable import AdaptiveTesting

@Suite("Ability")
struct AbilityTests {
  @Test("without an answer the estimate is the prior")
  func nothingKnown() {
    let ability = Posterior().ability
    #expect(abs(ability.theta) < 1e-9)
    #expect(abs(ability.standardError - 1) < 1e-6)
  }

  @Test("EAP of every answer pattern of five items is that of the reference")
  func patterns() throws {
    let scale = try Golden.load().lsat6
    let items = try zip(scale.a, scale.b).map { Item.logistic(try LogisticItem(a: $0, b: $1)) }
    for row in scale.eap {
      var posterior = Posterior()
      for (item, digit) in zip(items, row.pattern.utf8) { posterior.update(item, answer: Int(digit) - 48) }
      #expect(abs(posterior.ability.theta - row.theta) < 1e-6, "\(row.pattern)")
      #expect(abs(posterior.ability.standardError - row.psd) < 1e-6, "\(row.pattern)")
    }
  }

  @Test("all right and all wrong give finite estimates, even of a thousand answers")
  func extremes() throws {
    let item = Item.logistic(try LogisticItem(a: 2, b: 0))
    for answer in [0, 1] {
      var posterior = Posterior()
      for _ in 0..<1_000 { posterior.update(item, answer: answer) }
      #expect(posterior.ability.theta.isFinite && abs(posterior.ability.theta) <= 6)
      #expect(posterior.ability.standardError.isFinite)
    }
  }

  @Test("a category the item lacks changes nothing")
  func unknownCategory() throws {
    var posterior = Posterior()
    posterior.update(.logistic(try LogisticItem(a: 1, b: 0)), answer: 2)
    posterior.update(.logistic(try LogisticItem(a: 1, b: 0)), answer: -1)
    #expect(posterior.ability == Posterior().ability)
  }

  @Test("maximum likelihood finds the highest peak of a three-parameter likelihood, as a fine grid does")
  func severalPeaks() throws {
    var draws = SeededGenerator(seed: 3)
    for _ in 0..<100 {
      let items = try (0..<6).map { _ in try LogisticItem(a: 0.5 + 2 * draws.fraction(), b: 2 * draws.normal(), c: 0.25) }
      let answers = items.map { _ in draws.fraction() < 0.5 ? 1 : 0 }
      guard answers.contains(0), answers.contains(1) else { continue }
      var likelihood = MaximumLikelihood()
      for (item, answer) in zip(items, answers) { likelihood.add(.logistic(item), answer) }
      func height(_ theta: Double) -> Double {
        zip(items, answers).reduce(0) { $0 + Numerics.logarithm($1.1 == 1 ? $1.0.probability(theta) : 1 - $1.0.probability(theta)) }
      }
      let best = (0...12_000).map { height(-6 + Double($0) / 1_000) }.max() ?? 0
      let found = likelihood.estimate(start: 0, difficulties: -3...3)
      #expect(height(found.theta) > best - 1e-4)
    }
  }
}
