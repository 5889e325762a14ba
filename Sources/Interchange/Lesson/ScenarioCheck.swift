extension Scenario {
  static let mostNodes = 60

  /// Every choice leads somewhere, every node can be reached within the longest walk, and there is an end.
  func check(line: Int, nodeLines: [Int], targets: [(line: Int, name: String)], findings: inout [Finding]) {
    guard nodes.first?.name == "start" else {
      findings.append(Finding(line: line, code: "no-start", text: "The first node of a scenario is # start."))
      return
    }
    guard nodes.count <= Self.mostNodes else {
      findings.append(Finding(line: line, code: "too-many-nodes", text: "A scenario has at most \(Self.mostNodes) nodes."))
      return
    }
    let names = Set(nodes.map(\.name))
    for target in targets where !names.contains(target.name) {
      findings.append(Finding(line: target.line, code: "unknown-node", text: "No node is called \(target.name)."))
    }
    let distances = distances()
    for (node, nodeLine) in zip(nodes, nodeLines) {
      if (distances[node.name] ?? .max) > Self.mostChoices {
        findings.append(
          Finding(line: nodeLine, code: "unreachable-node", text: "No walk of at most \(Self.mostChoices) choices leads to \(node.name)."))
      }
      if node.text.isEmpty, node.name != "start" {
        findings.append(Finding(line: nodeLine, code: "empty-node", text: "The node \(node.name) has no text."))
      }
    }
    if !nodes.contains(where: \.choices.isEmpty) {
      findings.append(Finding(line: line, code: "no-end", text: "A scenario needs an end: a node without choices."))
    }
  }

  /// Fewest choices from the start to each node that can be reached.
  private func distances() -> [String: Int] {
    var distances = ["start": 0]
    var frontier = ["start"]
    while !frontier.isEmpty {
      var next: [String] = []
      for name in frontier {
        for choice in node(named: name)?.choices ?? [] where distances[choice.target] == nil && node(named: choice.target) != nil {
          distances[choice.target] = (distances[name] ?? 0) + 1
          next.append(choice.target)
        }
      }
      frontier = next
    }
    return distances
  }
}
