import Testing

@testable import AdaptiveTesting

@Suite("Calibration")
struct CalibrationTests {
  private func answers(_ items: [Item], people: Int, seed: UInt64, missing: Double = 0) -> [[Int?]] {
    var draws = SeededGenerator(seed: seed)
    return (0..<people).map { _ in
      let theta = draws.normal()
      return items.map { item in
        var rest = draws.fraction()
        var category = 0
        for chance in item.probabilities(theta).dropLast() {
          rest -= chance
          if rest < 0 { break }
          category += 1
        }
        return draws.fraction() < missing ? nil : category
      }
    }
  }

  private func correlation(_ first: [Double], _ second: [Double]) -> Double {
    let (n, m) = (first.reduce(0, +) / Double(first.count), second.reduce(0, +) / Double(second.count))
    let cross = zip(first, second).reduce(0) { $0 + ($1.0 - n) * ($1.1 - m) }
    let squares = first.reduce(0) { $0 + ($1 - n) * ($1 - n) } * second.reduce(0) { $0 + ($1 - m) * ($1 - m) }
    return cross / squares.squareRoot()
  }

  @Test("two-parameter items are recovered from simulated answers, as surely as the standard errors say", arguments: [0, 0.2])
  func twoParameter(missing: Double) throws {
    let items = Array(try Golden.bank().items.prefix(30))
    let table = try ResponseTable(answers(items, people: 1_000, seed: 7, missing: missing))
    let calibration = try Calibration(table, model: .twoParameter)
    #expect(calibration.converged)
    let found = calibration.estimates
    #expect(correlation(found.map(\.item.discrimination), items.map(\.discrimination)) > 0.9)
    #expect(correlation(found.map(\.item.difficulties.lowerBound), items.map(\.difficulties.lowerBound)) > 0.98)
    let deviates = zip(found, items).map { ($0.item.discrimination - $1.discrimination) / $0.standardErrors.a }
    let spread = (deviates.reduce(0) { $0 + $1 * $1 } / 30).squareRoot()
    #expect(spread > 0.7 && spread < 1.4, "errors are as large as their standard errors: \(spread)")
    #expect(found.allSatisfy { $0.fit.infit > 0.9 && $0.fit.infit < 1.1 })
  }

  @Test("graded items are recovered, and an answer nobody gave is left out of the scale")
  func graded() throws {
    let items = try (0..<10).map { number in
      Item.graded(try GradedItem(a: 0.8 + 0.07 * Double(number), thresholds: [-1.2, -0.1 * Double(number % 5), 1]))
    }
    var rows = answers(items, people: 1_500, seed: 8)
    for person in rows.indices { if rows[person][0] == 2 { rows[person][0] = 3 } }
    let table = try ResponseTable(rows)
    #expect(table.kept[0] == [0, 1, 3])
    let calibration = try Calibration(table, model: .graded)
    #expect(calibration.estimates[0].item.categories == 3)
    for (estimate, item) in zip(calibration.estimates, items).dropFirst() {
      guard case .graded(let found) = estimate.item, case .graded(let truth) = item else { continue }
      #expect(abs(found.a - truth.a) < 4 * estimate.standardErrors.a)
      for (place, (b, true_)) in zip(found.thresholds, truth.thresholds).enumerated() {
        #expect(abs(b - true_) < 4 * estimate.standardErrors.b[place])
      }
    }
  }

  @Test("guessing is found where there is guessing")
  func threeParameter() throws {
    let items = try (0..<20).map { Item.logistic(try LogisticItem(a: 1.5, b: -1 + 0.1 * Double($0), c: $0 % 2 == 0 ? 0.25 : 0)) }
    let table = try ResponseTable(answers(items, people: 3_000, seed: 9))
    let calibration = try Calibration(table, model: .threeParameter, mostIterations: 60)
    let guesses = calibration.estimates.map { estimate -> Double in
      guard case .logistic(let item) = estimate.item else { return .nan }
      return item.c
    }
    let hard = stride(from: 10, to: 20, by: 2).map { guesses[$0] }.reduce(0, +) / 5
    let easy = stride(from: 11, to: 20, by: 2).map { guesses[$0] }.reduce(0, +) / 5
    #expect(abs(hard - 0.25) < 0.05)
    #expect(easy < 0.08)
  }

  @Test("the likelihood is that of a plain sum over people and abilities")
  func likelihood() throws {
    let items = Array(try Golden.bank().items.prefix(7))
    let rows = answers(items, people: 60, seed: 10, missing: 0.1)
    let calibration = try Calibration(try ResponseTable(rows), model: .twoParameter, priors: .mild)
    let prior = Quadrature.standard
    var plain = 0.0
    for row in rows {
      var mass = 0.0
      for (theta, weight) in zip(prior.nodes, prior.weights) {
        var product = weight
        for (category, estimate) in zip(row, calibration.estimates) {
          if let category { product *= estimate.item.probabilities(theta)[category] }
        }
        mass += product
      }
      plain += Numerics.logarithm(mass)
    }
    #expect(abs(calibration.logLikelihood - plain) < 1e-6)
  }

  @Test("no other parameters near the estimate are likelier")
  func maximum() throws {
    let items = Array(try Golden.bank().items.prefix(10))
    let table = try ResponseTable(answers(items, people: 800, seed: 12))
    let calibration = try Calibration(table, model: .twoParameter, priors: ItemPriors.none, tolerance: 1e-9)
    let expectation = Expectation(table)
    var curves = table.starts(guessing: false)
    for (place, estimate) in calibration.estimates.enumerated() {
      curves[place].a = estimate.item.discrimination
      curves[place].d = [-estimate.item.discrimination * estimate.item.difficulties.lowerBound]
    }
    let best = expectation.counts(curves).logLikelihood
    for place in curves.indices {
      for change in [-0.02, 0.02] {
        var other = curves
        other[place].a += change
        #expect(expectation.counts(other).logLikelihood < best)
        other = curves
        other[place].d[0] += change
        #expect(expectation.counts(other).logLikelihood < best)
      }
    }
  }

  @Test("the order of the people changes nothing")
  func order() throws {
    let items = Array(try Golden.bank().items.prefix(8))
    let rows = answers(items, people: 300, seed: 13)
    let forth = try Calibration(try ResponseTable(rows), model: .twoParameter)
    let back = try Calibration(try ResponseTable(rows.reversed()), model: .twoParameter)
    for (first, second) in zip(forth.estimates, back.estimates) {
      #expect(abs(first.item.discrimination - second.item.discrimination) < 1e-6)
    }
  }

  @Test("answers that cannot be calibrated are refused with the place")
  func refusals() {
    #expect(throws: CalibrationError.empty) { try ResponseTable([]) }
    #expect(throws: CalibrationError.length(row: 1, expected: 2, found: 1)) { try ResponseTable([[0, 1], [0]]) }
    #expect(throws: CalibrationError.category(row: 0, item: 1, 64)) { try ResponseTable([[0, 64]]) }
    #expect(throws: CalibrationError.constant(item: 1)) { try ResponseTable([[0, 1], [1, 1]]) }
    #expect(throws: CalibrationError.notDichotomous(item: 1)) {
      try Calibration(try ResponseTable([[0, 0], [1, 1], [0, 2]]), model: .twoParameter)
    }
  }

  @Test("a new calibration comes back to the old scale through common items")
  func linking() throws {
    let old = [-1.2, 0.1, 0.4, 2.0]
    let linking = try #require(Linking(common: old.map { (old: $0, new: ($0 - 0.5) / 1.5) }))
    #expect(abs(linking.scale - 1.5) < 1e-12)
    #expect(abs(linking.shift - 0.5) < 1e-12)
    let item = try linking.rescaled(.logistic(try LogisticItem(a: 3, b: 1)))
    #expect(abs(item.discrimination - 2) < 1e-12)
    #expect(abs(item.difficulties.lowerBound - 2) < 1e-12)
    #expect(Linking(common: [(old: 1, new: 1)]) == nil)
    #expect(Linking(common: [(old: 1, new: 1), (old: 2, new: 1)]) == nil)
  }
}
