extension Scenario {
  /// Reads the lines of a block. Findings tell everything that is wrong; the scenario is usable only without findings.
  static func read(_ lines: [SourceLine], line opening: Int, findings: inout [Finding]) -> Scenario {
    var scenario = Scenario(opening: "", nodes: [])
    var names: Set<String> = []
    var openings: [String] = []
    var nodeLines: [Int] = []
    var texts: [[String]] = []
    var targets: [(line: Int, name: String)] = []
    for line in lines {
      let text = line.text.trimmed
      if text.begins(with: "# ") {
        let name = String(text.dropFirst(2)).trimmed
        if !name.isKebabCase {
          findings.append(
            Finding(line: line.number, code: "bad-node", text: "A node name holds lower-case letters, digits and hyphens only."))
        } else if !names.insert(name).inserted {
          findings.append(Finding(line: line.number, code: "duplicate-node", text: "The node \(name) stands here a second time."))
        }
        scenario.nodes.append(Node(name: name, text: ""))
        nodeLines.append(line.number)
        texts.append([])
      } else if text.begins(with: ">"), let last = scenario.nodes.indices.last {
        guard let (choice, target) = String(text.dropFirst()).cutLast(at: "->"), !choice.isBlank, !target.isBlank else {
          findings.append(Finding(line: line.number, code: "bad-choice", text: "A choice is written > what to do -> node."))
          continue
        }
        scenario.nodes[last].choices.append(Choice(text: choice.trimmed, target: target.trimmed))
        targets.append((line.number, target.trimmed))
      } else if let last = texts.indices.last {
        texts[last].append(line.text)
      } else {
        openings.append(line.text)
      }
    }
    for index in scenario.nodes.indices {
      (scenario.nodes[index].text, scenario.nodes[index].score) = takeScore(texts[index].block)
    }
    scenario.opening = takeOpening(openings.block, line: opening, findings: &findings)
    scenario.check(line: opening, nodeLines: nodeLines, targets: targets, findings: &findings)
    return scenario
  }

  private static func takeOpening(_ text: String, line: Int, findings: inout [Finding]) -> String {
    if text.begins(with: "start:"), let parts = text.cut(at: ":"), !parts.after.isBlank { return parts.after.trimmed }
    findings.append(Finding(line: line, code: "no-opening", text: "A scenario begins with start: and the situation."))
    return ""
  }

  /// `(score: 2)` at the end of the text.
  private static func takeScore(_ text: String) -> (text: String, score: Int?) {
    guard text.trimmed.hasSuffix(")"), let parts = text.trimmed.cutLast(at: "(score:"),
      let score = Int(String(parts.after.dropLast()).trimmed), (-100...100).contains(score)
    else { return (text, nil) }
    return (parts.before.trimmed, score)
  }

  /// The block's lines, such that reading them gives the same scenario.
  var written: String {
    let blocks = nodes.map { node in
      let score = node.score.map { "(score: \($0))" }
      let text = [node.text.isEmpty ? nil : node.text, score].compactMap(\.self).joined(separator: " ")
      let choices = node.choices.map { "> \($0.text) -> \($0.target)" }
      return (["# \(node.name)"] + (text.isEmpty ? [] : [text]) + choices).joined(separator: "\n")
    }
    return (["start: \(opening)"] + blocks).joined(separator: "\n")
  }
}
