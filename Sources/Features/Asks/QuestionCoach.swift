import Kit

/// Looks at a question and says in words what would make it easier to answer. Advice never stops anybody from asking.
enum QuestionCoach {
  enum Rule: String, CaseIterable {
    /// Gaps of a template that are not filled in.
    case gaps
    /// Too short to act on.
    case short
    /// So long that its point is lost.
    case long
    /// Nothing is asked.
    case question
    /// Several things are asked at once.
    case oneQuestion
    case goal, situation, tried

    var advice: String {
      switch self {
      case .gaps: "Fill in what still stands in [brackets], or take it out."
      case .short: "Add a sentence or two. A mentor decides from these words alone."
      case .long: "Shorten it to the part that matters for one session. About 100 words are plenty."
      case .question: "End with one question, so that a mentor knows what to answer."
      case .oneQuestion: "Choose the one question that matters most. The others can wait for the session."
      case .goal: "Say what you want to reach, and by when."
      case .situation: "Say what is going on: who is involved (roles, not names) and since when."
      case .tried: "Say what you have tried, so that you get something new."
      }
    }
  }

  /// The rules a question does not keep yet, the most useful first.
  ///
  /// - Parameter language: words are looked for in English only; other languages get the rules of form.
  static func advice(for text: String, language: String = "en") -> [Rule] {
    let question = text.trimmed
    let words = question.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
    var open: [Rule] = []
    if hasGap(question) { open.append(.gaps) }
    if words.count < 12 { open.append(.short) }
    if words.count > 160 { open.append(.long) }
    let asked = question.count { $0 == "?" || $0 == "？" || $0 == "؟" }
    if asked == 0 { open.append(.question) }
    if asked > 2 { open.append(.oneQuestion) }
    guard language.hasPrefix("en") else { return open }
    if !mentions(words, goals) { open.append(.goal) }
    if !mentions(words, situations) { open.append(.situation) }
    if !mentions(words, attempts) { open.append(.tried) }
    return open
  }

  private static func hasGap(_ text: String) -> Bool { text.firstMatch(of: /\[[^\[\]]{2,80}\]/) != nil }

  private static func mentions(_ words: [String], _ known: Set<String>) -> Bool { words.contains(where: known.contains) }

  private static let goals: Set<String> = [
    "want", "wants", "goal", "aim", "hope", "need", "needs", "reach", "achieve", "become", "decide", "able", "by", "until", "would",
    "wish", "plan", "ready", "improve",
  ]
  private static let situations: Set<String> = [
    "since", "because", "when", "after", "before", "team", "manager", "colleague", "colleagues", "boss", "client", "customer", "project",
    "meeting", "work", "job", "role", "lead", "leads", "asks", "asked", "week", "month", "monday", "tuesday", "wednesday", "thursday",
    "friday", "interview", "presentation", "report", "company", "department", "now", "currently",
  ]
  private static let attempts: Set<String> = [
    "tried", "try", "trying", "already", "far", "attempted", "read", "practised", "practiced", "asked", "done", "started",
    "wrote", "watched", "learned", "learnt", "used", "said", "spoke", "talked", "prepared", "prepare", "know",
  ]
}
