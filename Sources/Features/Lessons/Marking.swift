import Interchange
import Kit

/// Holds an answer against a question of a lesson.
struct Marking: Sendable {
  /// 0 to 1; nil where nothing is scored.
  let credit: Double?
  /// "Right." and the like.
  let verdict: String
  /// What the author says to this answer.
  let feedback: [String]
  /// The right answer in words, unless it was given.
  let solution: String?

  var isRight: Bool { (credit ?? 1) >= 1 }

  /// - Parameter texts: places of choices, the typed text, or the right side chosen for each pair.
  init(_ question: GIFT.Question, _ texts: [String]) {
    let general = question.generalFeedback.map { [$0.text] } ?? []
    switch question.kind {
    case .description, .essay:
      self.init(nil, "Kept.", general, nil)
    case .trueFalse(let statement):
      let isRight = texts.first == (statement.isTrue ? "true" : "false")
      let said = isRight ? statement.whenRight : statement.whenWrong
      self.init(isRight ? 1 : 0, nil, [said?.text].compactMap(\.self) + general, statement.isTrue ? "It is true." : "It is false.")
    case .multipleChoice(let choices, let severalAllowed):
      let chosen = Set(texts.compactMap { Int($0) })
      let picked = choices.enumerated().filter { chosen.contains($0.offset) }.map(\.element)
      let sum = picked.reduce(0) { $0 + $1.weight } / 100
      let right = choices.filter { severalAllowed ? $0.weight > 0 : $0.weight == 100 }.map(\.text.text)
      self.init(min(max(sum, 0), 1), nil, picked.compactMap { $0.feedback?.text } + general, listed(right))
    case .shortAnswer(let choices):
      let typed = texts.first ?? ""
      let match = choices.filter { Wildcard.matches($0.text.text, typed) }.max { $0.weight < $1.weight }
      let right = choices.first { $0.weight == 100 }?.text.text.replacing("*", with: "…")
      self.init((match?.weight ?? 0) / 100, nil, [match?.feedback?.text].compactMap(\.self) + general, right)
    case .numerical(let numerical):
      let number = texts.first.flatMap(Marking.number)
      let match = numerical.answers.filter { answer in
        number.map { (answer.accepted.lowest...answer.accepted.highest).contains($0) } == true
      }
      .max { $0.weight < $1.weight }
      let said = match == nil ? numerical.otherwise : match?.feedback
      self.init(
        (match?.weight ?? 0) / 100, nil, [said?.text].compactMap(\.self) + general,
        numerical.answers.first { $0.weight == 100 }.map(Marking.words))
    case .matching(let matching):
      let right = zip(matching.pairs, texts).count { $0.right == $1 }
      let all = matching.pairs.map { "\($0.left.text): \($0.right)" }
      self.init(
        Double(right) / Double(max(matching.pairs.count, 1)), "\(right) of \(matching.pairs.count) pairs fit.", general,
        all.joined(separator: " · "))
    }
  }

  private init(_ credit: Double?, _ verdict: String?, _ feedback: [String], _ solution: String?) {
    self.credit = credit.map { min(max($0, 0), 1) }
    self.feedback = feedback
    let isRight = (credit ?? 1) >= 1
    self.verdict = isRight && credit != nil ? "Right." : verdict ?? ((credit ?? 0) > 0 ? "Partly right." : "Not quite.")
    self.solution = isRight ? nil : solution
  }

  /// A number with a decimal point or comma.
  static func number(_ text: String) -> Double? { Double(text.trimmed.replacing(",", with: ".")).flatMap { $0.isFinite ? $0 : nil } }

  private static func words(_ answer: GIFT.Numerical.Answer) -> String {
    let (low, high) = (answer.accepted.lowest, answer.accepted.highest)
    switch answer.accepted {
    case .about(let value, _): return plain(value)
    case .between: return "from \(plain(low)) to \(plain(high))"
    }
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
  }
}

/// Text in which `*` stands for any run of characters; case and extra blanks do not matter.
enum Wildcard {
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let text = folded(text)
    let parts = folded(pattern).split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, text.hasPrefix(first) else { return false }
    if parts.count == 1 { return text == first }
    var rest = text.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return rest.hasSuffix(last)
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
