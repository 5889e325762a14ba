/// The longest walk through a scenario that visits no node twice.
///
/// Finding it takes exponential time in general. Up to 20,000 steps are searched exactly; a denser graph gets an upper
/// bound: the longest nodes, as many as a walk can hold.
struct ScenarioLength {
  private let costs: [Int]
  private let targets: [[Int]]
  private var visited: [Bool]
  private var stepsLeft = 20_000

  private static let choiceMilliseconds = 15_000

  static func milliseconds(of scenario: Scenario, reading: (String) -> Int) -> Int {
    var length = ScenarioLength(scenario, reading: reading)
    guard !length.costs.isEmpty else { return 0 }
    let opening = reading(scenario.opening)
    let exact = length.longest(from: 0, choicesLeft: Scenario.mostChoices)
    return opening + (length.stepsLeft > 0 ? exact : length.upperBound)
  }

  private init(_ scenario: Scenario, reading: (String) -> Int) {
    costs = scenario.nodes.map { reading($0.text) }
    let positions = Dictionary(scenario.nodes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    targets = scenario.nodes.map { Set($0.choices.compactMap { positions[$0.target] }).sorted() }
    visited = scenario.nodes.map { _ in false }
  }

  /// Recursion is as deep as the longest walk, 20 choices.
  private mutating func longest(from node: Int, choicesLeft: Int) -> Int {
    stepsLeft -= 1
    guard stepsLeft > 0, choicesLeft > 0 else { return costs[node] }
    visited[node] = true
    var best = 0
    for target in targets[node] where !visited[target] {
      best = max(best, Self.choiceMilliseconds + longest(from: target, choicesLeft: choicesLeft - 1))
    }
    visited[node] = false
    return costs[node] + best
  }

  private var upperBound: Int {
    let longest = costs.sorted(by: >).prefix(Scenario.mostChoices + 1)
    return longest.reduce(0, +) + (longest.count - 1) * Self.choiceMilliseconds
  }
}
