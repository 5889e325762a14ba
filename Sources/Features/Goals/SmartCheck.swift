import Scheduling
import Web

/// Whether a goal is specific, measurable, achievable, relevant and dated: five plain rules that advise and never refuse.
struct SmartCheck: Output, Hashable {
  struct Point: Output, Hashable {
    /// `Specific`, `Measurable`, …
    var name: String
    var isMet: Bool
    /// What is good, or what would make it so.
    var words: String
  }

  var points: [Point]
  /// "4 of 5: …"
  var finding: String

  struct Draft {
    var title: String
    var measure: String
    var target: String
    var why: String
    var months: Int
    /// Days from today to the date.
    var days: Int
    var levels: [(from: Int, to: Int)]
  }

  init(_ draft: Draft) {
    points = [
      SmartCheck.specific(draft), SmartCheck.measurable(draft), SmartCheck.achievable(draft), SmartCheck.relevant(draft),
      SmartCheck.dated(draft),
    ]
    let (all, met) = (points.count, points.count(where: \.isMet))
    if let first = points.first(where: { !$0.isMet }) {
      finding = "\(met) of \(all). \(first.words)"
    } else {
      finding = "All five hold: specific, measurable, achievable, relevant, dated."
    }
  }

  /// Words that say a wish, not a thing.
  private static let vague: Set<String> = [
    "a", "an", "and", "at", "be", "become", "better", "develop", "get", "good", "grow", "i", "improve", "in", "know", "learn", "more", "my",
    "of", "on", "skill", "skills", "the", "to", "want", "will", "with", "work",
  ]

  private static let countWords: Set<String> = [
    "every", "each", "once", "twice", "half", "all", "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "percent", "weekly", "monthly", "daily",
  ]

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func specific(_ draft: Draft) -> Point {
    let telling = words(draft.title).filter { !vague.contains($0) }
    return telling.count >= 3
      ? Point(name: "Specific", isMet: true, words: "It says what you will do.")
      : Point(name: "Specific", isMet: false, words: "Say what you will do and where, such as “Lead the planning meeting of my team”.")
  }

  private static func measurable(_ draft: Draft) -> Point {
    let all = words(draft.measure) + words(draft.target)
    let counts = all.contains { word in countWords.contains(word) || word.contains(where: \.isNumber) }
    return counts
      ? Point(name: "Measurable", isMet: true, words: "You will see when it is reached.")
      : Point(name: "Measurable", isMet: false, words: "Put a number in the target, such as “3 of 4 meetings end on time”.")
  }

  private static func achievable(_ draft: Draft) -> Point {
    let most = draft.months >= 12 ? 3 : 2
    if draft.levels.count > 3 {
      return Point(name: "Achievable", isMet: false, words: "Keep to three skills at once; the others can come next.")
    }
    guard let steep = draft.levels.first(where: { $0.to - $0.from > most }) else {
      return Point(name: "Achievable", isMet: true, words: "The step is one that people make in this time.")
    }
    return Point(
      name: "Achievable", isMet: false,
      words: "From \(steep.from) to \(steep.to) in \(draft.months) months is steep. Aim for \(steep.from + most), or take longer.")
  }

  private static func relevant(_ draft: Draft) -> Point {
    if !draft.why.isEmpty { return Point(name: "Relevant", isMet: true, words: "You say why it matters.") }
    return Point(name: "Relevant", isMet: false, words: "Write one line on why it matters to you or your team.")
  }

  private static func dated(_ draft: Draft) -> Point {
    if draft.days < 14 { return Point(name: "Dated", isMet: false, words: "Choose a date at least two weeks ahead.") }
    if draft.days > 400 { return Point(name: "Dated", isMet: false, words: "Choose a date within a year; a later one is a wish.") }
    return Point(name: "Dated", isMet: true, words: "It has a date.")
  }
}
