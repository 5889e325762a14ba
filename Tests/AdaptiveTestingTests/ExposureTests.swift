import Testing

@testable import AdaptiveTesting

@Suite("Exposure")
struct ExposureTests {
  private func bank() throws -> ItemBank {
    var draws = SeededGenerator(seed: 300)
    return try ItemBank(
      (0..<300).map { _ in .logistic(try LogisticItem(a: Numerics.exponential(0.25 * draws.normal()), b: draws.normal())) })
  }

  private func people(_ count: Int, seed: UInt64) -> [Double] {
    var draws = SeededGenerator(seed: seed)
    return (0..<count).map { _ in draws.normal() }
  }

  @Test("Sympson and Hetter's chances keep every item near the wanted rate, at a small loss of precision")
  func sympsonHetter() throws {
    let bank = try bank()
    let plan = TestPlan(stopping: .length(15))
    let open = Simulation(bank, plan: plan, abilities: people(300, seed: 1), seed: 1)
    #expect(open.exposure.max() == 1, "without control everybody gets the same first item")
    let control = ExposureControl.calibrated(bank, plan: plan, most: 0.25, abilities: people(1_000, seed: 2), seed: 2)
    let guarded = TestPlan(choice: Choice(exposure: control), stopping: .length(15))
    let closed = Simulation(bank, plan: guarded, abilities: people(600, seed: 3), seed: 3)
    #expect(try #require(closed.exposure.max()) <= 0.30)
    #expect(closed.rootMeanSquaredError < open.rootMeanSquaredError + 0.1)
    #expect(closed.people.allSatisfy { $0.answers.count == 15 })
    #expect(closed.exposure.count { $0 > 0 } > open.exposure.count { $0 > 0 })
  }

  @Test("drawing among the best five spreads the first items")
  func randomesque() throws {
    let bank = try bank()
    let plan = TestPlan(choice: .randomesque, stopping: .length(15))
    let simulation = Simulation(bank, plan: plan, abilities: people(300, seed: 1), seed: 1)
    #expect(try #require(simulation.exposure.max()) < 0.9)
    let firsts = Set(simulation.people.compactMap(\.answers.first?.item))
    #expect(firsts.count == 5)
  }

  @Test("the same seed repeats a simulation, another does not")
  func reproducible() throws {
    let bank = try bank()
    func items(_ seed: UInt64) -> [[Int]] {
      Simulation(bank, plan: TestPlan(choice: .randomesque), abilities: people(20, seed: 1), seed: seed).people.map {
        $0.answers.map(\.item)
      }
    }
    #expect(items(1) == items(1))
    #expect(items(1) != items(2))
  }
}
