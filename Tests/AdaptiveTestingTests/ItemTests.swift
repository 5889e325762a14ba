import Testing

@testable import AdaptiveTesting

@Suite("Items")
struct ItemTests {
  @Test("probability and information of the logistic model are those of the reference")
  func logistic() throws {
    for row in try Golden.load().icc {
      let item = try LogisticItem(a: row.a, b: row.b, c: row.c, d: row.d)
      #expect(abs(item.probability(row.theta) - row.P) < 1e-9)
      #expect(abs(item.information(row.theta) - row.I) < 1e-9)
    }
  }

  @Test("probabilities and information of the graded model are those of the reference")
  func graded() throws {
    for row in try Golden.load().grm {
      let item = try GradedItem(a: row.a, thresholds: row.b)
      for (mine, theirs) in zip(item.probabilities(row.theta), row.P) { #expect(abs(mine - theirs) < 1e-9) }
      #expect(abs(item.information(row.theta) - row.I) < 1e-9)
    }
  }

  @Test("a graded item with one threshold is a two-parameter item")
  func oneThreshold() throws {
    let graded = try GradedItem(a: 1.3, thresholds: [0.4])
    let logistic = try LogisticItem(a: 1.3, b: 0.4)
    for step in -30...30 {
      let theta = Double(step) / 5
      #expect(abs(graded.probabilities(theta)[1] - logistic.probability(theta)) < 1e-12)
      #expect(abs(graded.information(theta) - logistic.information(theta)) < 1e-12)
    }
  }

  @Test("numbers that are no item are refused")
  func refusals() {
    #expect(throws: ItemError.discrimination(0)) { try LogisticItem(a: 0, b: 1) }
    #expect(throws: ItemError.self) { try LogisticItem(a: .nan, b: 1) }
    #expect(throws: ItemError.difficulty(.infinity)) { try LogisticItem(a: 1, b: .infinity) }
    #expect(throws: ItemError.asymptotes(lower: 0.5, upper: 0.4)) { try LogisticItem(a: 1, b: 0, c: 0.5, d: 0.4) }
    #expect(throws: ItemError.thresholds([1, 0])) { try GradedItem(a: 1, thresholds: [1, 0]) }
    #expect(throws: ItemError.thresholds([])) { try GradedItem(a: 1, thresholds: []) }
  }

  @Test("the most informative items are found as a plain look at all of them finds them", arguments: [40, 700])
  func index(size: Int) throws {
    var draws = SeededGenerator(seed: 11)
    let items = try (0..<size).map { number -> Item in
      let a = 0.3 + 2 * draws.fraction()
      if number % 3 == 0 { return .graded(try GradedItem(a: a, thresholds: [draws.normal(), draws.normal(), draws.normal()].sorted())) }
      return .logistic(
        try LogisticItem(a: a, b: 2 * draws.normal(), c: number % 3 == 1 ? 0.3 * draws.fraction() : 0, d: 1 - 0.1 * draws.fraction()))
    }
    let bank = try ItemBank(items)
    for _ in 0..<200 {
      let theta = 13 * draws.fraction() - 6.5
      let allowed = items.map { _ in draws.fraction() < 0.2 }
      let plain = items.indices.filter { allowed[$0] }
        .sorted { (items[$0].information(theta), $1) > (items[$1].information(theta), $0) }
      let found = bank.index.best(5, at: theta, in: items) { allowed[$0] }
      #expect(found.map(\.item) == Array(plain.prefix(5)), "at \(theta)")
    }
  }
}
