extension ExposureControl {
  /// Finds the chances that keep every item at or below an exposure rate (Sympson and Hetter 1985).
  ///
  /// All chances begin at 1. Each round simulates the test; an item *selected* for a share S of the people gets the chance
  /// `most / S` where S is greater than `most`, else 1. If fewer than a full test of items would be certain, the most likely ones
  /// are made certain so that a test can always be completed. About ten rounds settle it; the rate is kept up to the error of
  /// the simulation (about `√(most / people)`).
  /// - Parameters:
  ///   - plan: the test; its own exposure control is ignored.
  ///   - most: the highest exposure rate, 0<...1.
  ///   - abilities: the people to simulate, drawn from those who will take the test.
  ///   - rounds: of simulation, at least 1.
  public static func calibrated(
    _ bank: ItemBank, plan: TestPlan, most: Double = 0.25, abilities: [Double], rounds: Int = 10, seed: UInt64 = 0
  ) -> ExposureControl {
    var chances = [Double](repeating: 1, count: bank.items.count)
    var plan = plan
    for round in 0..<max(1, rounds) {
      plan.choice.exposure = ExposureControl(chances: chances)
      let simulation = Simulation(bank, plan: plan, abilities: abilities, seed: seed &+ UInt64(truncatingIfNeeded: round) &* 7_919)
      // Given = selected x chance, so the share selected is the exposure divided by the chance.
      chances = zip(simulation.exposure, chances).map { given, chance in
        let selected = chance > 0 ? given / chance : given
        return selected > most ? most / selected : 1
      }
      let certain = chances.count { $0 >= 1 }
      if certain < plan.stopping.mostItems {
        let likeliest = chances.indices.sorted { (chances[$0], $1) > (chances[$1], $0) }
        for item in likeliest.prefix(plan.stopping.mostItems) { chances[item] = 1 }
      }
    }
    return ExposureControl(chances: chances)
  }
}
