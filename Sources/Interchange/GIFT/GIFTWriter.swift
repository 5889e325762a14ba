extension GIFT {
  /// Writes questions so that ``read(_:)`` gives the same ones back. Blank lines part them, the last line ends in a newline.
  ///
  /// GIFT has no way to say two things: `->` among several short answers or their feedback, and `->` in the left side of a pair.
  /// There the arrow is written as `→`.
  public static func write(_ questions: [Question]) -> String {
    var blocks: [String] = []
    var category: String?
    for question in questions {
      if let path = question.category?.trimmed, !path.isEmpty, path != category {
        blocks.append("$CATEGORY: \(path)")
        category = path
      }
      blocks.append(block(question))
    }
    return blocks.isEmpty ? "" : blocks.joined(separator: "\n\n") + "\n"
  }

  private static func block(_ question: Question) -> String {
    let name = question.name.map { "::\(escaped($0))::" } ?? ""
    let format = question.text.format
    var text = written(question.text, inherited: .moodle)
    // What would be read as a comment, or as the mark at the start of a file, stands behind its format.
    if name.isEmpty, text.begins(with: "//") || text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) { text = "[\(format.rawValue)]" + text }
    guard let answers = answers(question.kind, format: format) else { return name + text }
    let general = question.generalFeedback.map { "####" + written($0, inherited: format) }
    let lines = answers + [general].compactMap(\.self)
    return switch lines.count {
    case 0: name + text + "{}"
    case 1: name + text + "{\(lines[0])}"
    default: name + text + "{\n" + lines.map { "\t\($0)\n" }.joined() + "}"
    }
  }

  private static func answers(_ kind: Kind, format: Format) -> [String]? {
    switch kind {
    case .description: return nil
    case .essay: return []
    case .trueFalse(let answer):
      let wrong = answer.whenWrong.map { "#" + written($0, inherited: format) }
      let right = answer.whenRight.map { (wrong == nil ? "#" : "") + "#" + written($0, inherited: format) }
      return [(answer.isTrue ? "TRUE" : "FALSE") + (wrong ?? "") + (right ?? "")]
    case .multipleChoice(let choices, let severalAllowed):
      let best = choices.map(\.weight).max()
      // Without any tilde it would be read as short answers or pairs, so where all are right only the first has the equals sign.
      let areAllBest = choices.allSatisfy { $0.weight == best }
      return choices.enumerated().map { place, choice in
        let isRight = !severalAllowed && choice.weight == best && (place == 0 || !areAllBest)
        return (isRight ? "=" : "~") + written(choice, standard: isRight ? 100 : 0, format: format)
      }
    case .shortAnswer(let choices):
      return shortAnswers(choices, format: format)
    case .numerical(let numerical):
      return written(numerical, format: format)
    case .matching(let matching):
      let pairs = matching.pairs.map { pair in
        "=\(withoutArrow(written(pair.left, inherited: format))) -> \(escaped(pair.right))"
      }
      return pairs + matching.distractors.map { "= -> \(escaped($0))" }
    }
  }

  /// An equals sign and an arrow make a pair, so a lone answer with an arrow stands without the sign.
  private static func shortAnswers(_ choices: [Choice], format: Format) -> [String] {
    let lines = choices.map { written($0, standard: 100, format: format) }
    guard lines.contains(where: { $0.cut(at: "->") != nil }) else { return lines.map { "=" + $0 } }
    return lines.count == 1 ? lines : lines.map { "=" + withoutArrow($0) }
  }

  private static func written(_ numerical: Numerical, format: Format) -> [String] {
    let otherwise = numerical.otherwise.map { "~#" + written($0, inherited: format) }
    let lines = numerical.answers.map { answer in
      let weight = answer.weight == 100 ? "" : "%\(decimal(answer.weight))%"
      return weight + written(answer.accepted) + (answer.feedback.map { "#" + written($0, inherited: format) } ?? "")
    }
    if lines.count == 1, otherwise == nil { return lines.map { "#" + $0 } }
    return ["#"] + lines.map { "=" + $0 } + [otherwise].compactMap(\.self)
  }

  private static func written(_ accepted: Numerical.Accepted) -> String {
    switch accepted {
    case .about(let value, 0): number(value)
    case .about(let value, let tolerance): "\(number(value)):\(number(tolerance))"
    case .between(let low, let high): "\(number(low))..\(number(high))"
    }
  }

  private static func written(_ choice: Choice, standard: Double, format: Format) -> String {
    let text = written(choice.text, inherited: format)
    let needsWeight = choice.weight != standard || text.begins(with: "%")
    let feedback = choice.feedback.map { "#" + written($0, inherited: format) } ?? ""
    return (needsWeight ? "%\(decimal(choice.weight))%" : "") + text + feedback
  }

  private static func written(_ text: Text, inherited: Format) -> String {
    let looksLikePrefix = Format.allCases.contains { text.text.trimmed.begins(with: "[\($0.rawValue)]") }
    let prefix = text.format != inherited || looksLikePrefix ? "[\(text.format.rawValue)]" : ""
    return prefix + escaped(text.text)
  }

  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.trimmed.replacingLineEndings.utf8 {
      if byte == Ascii.lineFeed {
        bytes += "\\n".utf8
      } else {
        if "\\#=~{}:".utf8.contains(byte) { bytes.append(Ascii.backslash) }
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func withoutArrow(_ text: String) -> String {
    var cursor = ByteCursor(text.utf8)
    var bytes: [UInt8] = []
    while !cursor.isAtEnd {
      if cursor.skip("->") {
        bytes.append(contentsOf: "→".utf8)
      } else if let byte = cursor.next() {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A weight with at most five decimals, as the format allows no exponent.
  static func decimal(_ value: Double) -> String {
    let scaled = Int((min(max(value, -1e9), 1e9) * 100_000).rounded())
    let (whole, part) = (abs(scaled) / 100_000, abs(scaled) % 100_000)
    var digits = String(String(part + 100_000).dropFirst())
    while digits.hasSuffix("0") { digits.removeLast() }
    return (scaled < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
  }
}
