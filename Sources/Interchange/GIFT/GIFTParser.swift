typealias GIFTGlyphs = ArraySlice<GIFTGlyph>

/// Reads one question block.
struct GIFTParser {
  let line: Int
  var warnings: [Finding]

  mutating func question(_ block: GIFTGlyphs, category: String?) throws(Finding) -> GIFT.Question {
    var rest = block.trimmed
    let name = takeName(&rest)
    guard let open = rest.position(of: "{") else {
      guard !rest.holds("}") else { throw unbalanced }
      let text = try questionText(rest)
      return GIFT.Question(category: category, name: name, text: text, kind: .description)
    }
    guard let close = rest.position(of: "}"), open < close else { throw unbalanced }
    let (head, afterOpen) = rest.split(at: open, width: 1)
    let inside = afterOpen[..<close]
    let tail = rest[(close + 1)...]
    guard !inside.holds("{"), !tail.holds("{"), !tail.holds("}") else { throw unbalanced }
    let gap = "_____".unicodeScalars.map { GIFTGlyph(scalar: $0, isLiteral: true) }
    let text = try questionText(tail.trimmed.isEmpty ? head : ArraySlice(head + gap + tail))
    let (answers, general) = splitGeneralFeedback(inside.trimmed)
    return GIFT.Question(
      category: category, name: name, text: text,
      generalFeedback: general.map { formatted($0, inherited: text.format) },
      kind: try kind(answers, format: text.format))
  }

  private mutating func takeName(_ rest: inout GIFTGlyphs) -> String? {
    guard rest.begins(withRun: "::") else { return nil }
    let afterMarker = rest.dropFirst(2)
    guard let end = afterMarker.position(ofRun: "::"), end < (afterMarker.position(of: "{") ?? afterMarker.endIndex) else {
      warn("unterminated-name", "The name after :: has no closing ::. The whole line is taken as the question.")
      return nil
    }
    let (name, text) = afterMarker.split(at: end, width: 2)
    rest = text.trimmed
    let trimmed = name.trimmed.text
    return trimmed.isEmpty ? nil : trimmed
  }

  private func questionText(_ glyphs: GIFTGlyphs) throws(Finding) -> GIFT.Text {
    let text = formatted(glyphs, inherited: .moodle)
    guard !text.text.isEmpty else { throw refusal("no-question-text", "The block has no question text.") }
    return text
  }

  private func splitGeneralFeedback(_ inside: GIFTGlyphs) -> (answers: GIFTGlyphs, feedback: GIFTGlyphs?) {
    guard let position = inside.lastPosition(ofRun: "####") else { return (inside, nil) }
    let (answers, feedback) = inside.split(at: position, width: 4)
    return (answers.trimmed, feedback.trimmed.isEmpty ? nil : feedback)
  }

  private mutating func kind(_ answers: GIFTGlyphs, format: GIFT.Format) throws(Finding) -> GIFT.Kind {
    guard let first = answers.first else { return .essay }
    if first.isSign("#") { return .numerical(try numerical(answers.dropFirst().trimmed, format: format)) }
    if answers.holds("~") { return try multipleChoice(answers, format: format) }
    if answers.holds("="), answers.position(ofRun: "->") != nil { return .matching(try matching(answers, format: format)) }
    if let trueFalse = trueFalse(answers, format: format) { return .trueFalse(trueFalse) }
    return .shortAnswer(try shortAnswers(answers, format: format))
  }

  /// The text with its own format prefix, or the one it inherits. Any other bracket is text.
  func formatted(_ glyphs: GIFTGlyphs, inherited: GIFT.Format) -> GIFT.Text {
    let glyphs = glyphs.trimmed
    for format in GIFT.Format.allCases where glyphs.begins(withRun: "[\(format.rawValue)]") {
      return GIFT.Text(glyphs.dropFirst(format.rawValue.count + 2).trimmed.text, format: format)
    }
    return GIFT.Text(glyphs.text, format: inherited)
  }

  mutating func warn(_ code: String, _ text: String) {
    warnings.append(Finding(line: line, code: code, text: text))
  }

  func refusal(_ code: String, _ text: String) -> Finding { Finding(line: line, code: code, text: text) }

  private var unbalanced: Finding {
    refusal("unbalanced-braces", "The braces { and } do not pair up. Write \\{ and \\} for braces that are text.")
  }
}
