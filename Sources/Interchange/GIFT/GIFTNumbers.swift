extension GIFTParser {
  /// The part after the first `#`: one answer, or several that begin with `=`, and `~#feedback` for everything else.
  func numerical(_ glyphs: GIFTGlyphs, format: GIFT.Format) throws(Finding) -> GIFT.Numerical {
    var numerical = GIFT.Numerical(answers: [])
    if glyphs.isEmpty {
      throw withoutAnswer
    } else if !glyphs.holds("="), !glyphs.holds("~") {
      numerical.answers = [try numericalAnswer(glyphs, format: format)]
    } else {
      let first = glyphs.firstIndex { $0.isSign("=") || $0.isSign("~") } ?? glyphs.endIndex
      if !glyphs[..<first].trimmed.isEmpty { numerical.answers.append(try numericalAnswer(glyphs[..<first], format: format)) }
      for answer in try split(glyphs[first...]) {
        if answer.isRight {
          numerical.answers.append(try numericalAnswer(answer.glyphs, format: format))
        } else {
          numerical.otherwise = try otherwise(answer.glyphs, format: format)
        }
      }
    }
    guard !numerical.answers.isEmpty else { throw withoutAnswer }
    return numerical
  }

  private func otherwise(_ glyphs: GIFTGlyphs, format: GIFT.Format) throws(Finding) -> GIFT.Text? {
    let (value, feedback) = glyphs.split(atFirst: "#")
    guard ["", "*"].contains(value.trimmed.text) else {
      throw refusal("not-a-number", "After ~ only feedback can follow: ~#feedback for every other number.")
    }
    return feedback.flatMap { nonEmpty($0, format) }
  }

  private func numericalAnswer(_ glyphs: GIFTGlyphs, format: GIFT.Format) throws(Finding) -> GIFT.Numerical.Answer {
    var rest = glyphs.trimmed
    let weight = try takeWeight(&rest) ?? 100
    let (value, feedback) = rest.split(atFirst: "#")
    return GIFT.Numerical.Answer(
      try accepted(value.trimmed.text), weight: weight, feedback: feedback.flatMap { nonEmpty($0, format) })
  }

  private func accepted(_ written: String) throws(Finding) -> GIFT.Numerical.Accepted {
    guard !written.isEmpty else { throw withoutAnswer }
    if let range = written.cut(at: "..") {
      let (low, high) = (try number(range.before), try number(range.after))
      guard low <= high else { throw refusal("reversed-range", "The range \(written) ends before it starts.") }
      return .between(low, high)
    }
    guard let parts = written.cut(at: ":") else { return .about(try number(written), tolerance: 0) }
    return .about(try number(parts.before), tolerance: abs(try number(parts.after)))
  }

  private func number(_ written: String) throws(Finding) -> Double {
    let written = written.trimmed
    let signs = written.utf8.allSatisfy { Ascii.isDigit($0) || "+-.eE".utf8.contains($0) }
    guard signs, let number = Double(written), number.isFinite else {
      throw refusal("not-a-number", "\"\(written)\" is not a number. Write digits with a decimal point, such as 6.5.")
    }
    return number
  }

  private var withoutAnswer: Finding { refusal("numerical-without-answer", "There is no number after the #.") }
}
