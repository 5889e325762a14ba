import Interchange

/// A way through a scenario, given as the place of each choice: "0-1". It stands in the address, so going back works by itself.
struct ScenarioWalk {
  struct Step {
    let node: Scenario.Node
    /// What was chosen there; nil at the last node.
    let chosen: String?
  }

  private(set) var steps: [Step] = []
  private(set) var path = ""

  /// Choices that do not exist end the reading of the path.
  init(_ scenario: Scenario, path text: String) {
    guard var node = scenario.node(named: "start") ?? scenario.nodes.first else { return }
    var taken: [Int] = []
    for place in text.split(separator: "-").prefix(Scenario.mostChoices).compactMap({ Int($0) }) {
      guard node.choices.indices.contains(place), let next = scenario.node(named: node.choices[place].target) else { break }
      steps.append(Step(node: node, chosen: node.choices[place].text))
      taken.append(place)
      node = next
    }
    steps.append(Step(node: node, chosen: nil))
    path = taken.map(String.init).joined(separator: "-")
  }

  var last: Scenario.Node? { steps.last?.node }
  var isOver: Bool { last?.choices.isEmpty == true || steps.count > Scenario.mostChoices }

  func path(choosing place: Int) -> String { path.isEmpty ? "\(place)" : "\(path)-\(place)" }
}
