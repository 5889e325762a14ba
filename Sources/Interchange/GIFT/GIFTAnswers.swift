extension GIFTParser {
  /// An answer and the sign it began with.
  struct Answer {
    let isRight: Bool
    let glyphs: GIFTGlyphs
  }

  mutating func multipleChoice(_ glyphs: GIFTGlyphs, format: GIFT.Format) throws(Finding) -> GIFT.Kind {
    let answers = try split(glyphs)
    guard answers.count >= 2 else {
      throw refusal("fewer-than-two-answers", "A multiple choice question needs two answers or more.")
    }
    var choices: [GIFT.Choice] = []
    for answer in answers { choices.append(try choice(answer.glyphs, weight: answer.isRight ? 100 : 0, format: format)) }
    let severalAllowed = !answers.contains(where: \.isRight)
    if severalAllowed {
      let sum = choices.reduce(0) { $0 + max($1.weight, 0) }
      if abs(sum - 100) > 0.1 {
        warn("weights-do-not-sum-to-100", "The weights of the right answers add up to \(GIFT.decimal(sum)) %, not 100 %.")
      }
    } else {
      warnAboutRightAnswers(choices.count { $0.weight == 100 })
    }
    return .multipleChoice(choices, severalAllowed: severalAllowed)
  }

  private mutating func warnAboutRightAnswers(_ count: Int) {
    if count > 1 {
      warn(
        "several-right-answers-in-single-choice",
        "Several answers are fully right though only one can be chosen. Write \\= for an equals sign that is text.")
    } else if count == 0 {
      warn("no-right-answer", "No answer earns full credit.")
    }
  }

  mutating func shortAnswers(_ glyphs: GIFTGlyphs, format: GIFT.Format) throws(Finding) -> [GIFT.Choice] {
    guard glyphs.holds("=") else {
      let answer = try choice(glyphs, weight: 100, format: format)
      if ["t", "f", "true", "false"].contains(answer.text.text.lowercased()) {
        warn(
          "lower-case-true-false",
          "This is read as a short answer. Write {TRUE} or {FALSE} in capitals for a true or false question.")
      }
      return [answer]
    }
    var choices: [GIFT.Choice] = []
    for answer in try split(glyphs) { choices.append(try choice(answer.glyphs, weight: 100, format: format)) }
    if !choices.contains(where: { $0.weight == 100 }) { warnAboutRightAnswers(0) }
    return choices
  }

  func trueFalse(_ glyphs: GIFTGlyphs, format: GIFT.Format) -> GIFT.TrueFalse? {
    let (head, feedback) = glyphs.split(atFirst: "#")
    guard ["T", "TRUE", "F", "FALSE"].contains(head.trimmed.text) else { return nil }
    let (wrong, right) = feedback?.split(atFirst: "#") ?? ([], nil)
    return GIFT.TrueFalse(
      isTrue: head.trimmed.text.begins(with: "T"),
      whenWrong: nonEmpty(wrong, format), whenRight: right.flatMap { nonEmpty($0, format) })
  }

  func matching(_ glyphs: GIFTGlyphs, format: GIFT.Format) throws(Finding) -> GIFT.Matching {
    var matching = GIFT.Matching(pairs: [])
    for answer in try split(glyphs) {
      guard let arrow = answer.glyphs.position(ofRun: "->") else {
        throw refusal("pair-without-arrow", "\"\(answer.glyphs.trimmed.text)\" has no -> and so no second half.")
      }
      let (left, right) = answer.glyphs.split(at: arrow, width: 2)
      let (leftText, rightText) = (formatted(left, inherited: format), right.trimmed.text)
      guard !rightText.isEmpty else { throw refusal("pair-without-right-side", "A pair has nothing after its ->.") }
      if leftText.text.isEmpty {
        matching.distractors.append(rightText)
      } else {
        matching.pairs.append(GIFT.Matching.Pair(left: leftText, right: rightText))
      }
    }
    guard matching.pairs.count >= 2 else {
      throw refusal("fewer-than-two-pairs", "A matching question needs two pairs or more.")
    }
    return matching
  }

  /// Cuts at every `=` and `~` that is not escaped.
  func split(_ glyphs: GIFTGlyphs) throws(Finding) -> [Answer] {
    let starts = glyphs.indices.filter { glyphs[$0].isSign("=") || glyphs[$0].isSign("~") }
    guard let first = starts.first else { return [] }
    guard glyphs[..<first].trimmed.isEmpty else {
      throw refusal(
        "text-before-first-answer",
        "\"\(glyphs[..<first].trimmed.text)\" stands before the first answer. Write \\= or \\~ for a sign that is text.")
    }
    let ends = starts.dropFirst() + [glyphs.endIndex]
    return zip(starts, ends).map { start, end in
      Answer(isRight: glyphs[start].isSign("="), glyphs: glyphs[(start + 1)..<end])
    }
  }

  func choice(_ glyphs: GIFTGlyphs, weight standard: Double, format: GIFT.Format) throws(Finding) -> GIFT.Choice {
    var rest = glyphs.trimmed
    let weight = try takeWeight(&rest) ?? standard
    let (text, feedback) = rest.split(atFirst: "#")
    let answer = formatted(text, inherited: format)
    guard !answer.text.isEmpty else { throw refusal("empty-answer", "An answer has no text.") }
    return GIFT.Choice(answer, weight: weight, feedback: feedback.flatMap { nonEmpty($0, format) })
  }

  func nonEmpty(_ glyphs: GIFTGlyphs, _ format: GIFT.Format) -> GIFT.Text? {
    let text = formatted(glyphs, inherited: format)
    return text.text.isEmpty ? nil : text
  }

  /// `%-?\d{1,3}(\.\d*)?%` at the start; anything else is left alone.
  func takeWeight(_ rest: inout GIFTGlyphs) throws(Finding) -> Double? {
    guard let first = rest.first, first.isSign("%"), let end = rest.dropFirst().position(of: "%") else { return nil }
    let written = rest[(rest.startIndex + 1)..<end].text
    var cursor = ByteCursor(written.utf8)
    _ = cursor.skip("-")
    let whole = cursor.take(while: Ascii.isDigit)
    if cursor.skip(".") { _ = cursor.take(while: Ascii.isDigit) }
    guard cursor.isAtEnd, (1...3).contains(whole.count) else { return nil }
    guard let weight = Double(written.hasSuffix(".") ? String(written.dropLast()) : written), abs(weight) <= 100 else {
      throw refusal("weight-out-of-range", "The weight \(written) is not between -100 and 100 %.")
    }
    rest = rest.dropFirst(end - rest.startIndex + 1).trimmed
    return weight
  }
}
