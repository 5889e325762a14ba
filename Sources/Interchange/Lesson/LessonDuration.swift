/// How long a lesson takes, part by part. The time is computed, never claimed.
public struct LessonDuration: Sendable, Hashable {
  /// 15 minutes.
  public static let longestMilliseconds = 900_000

  /// One part of the lesson and its share.
  public struct Item: Sendable, Hashable {
    /// Line the part begins at, 1 for the first of the file.
    public let line: Int
    /// Such as `prose` or `quiz`.
    public let name: String
    public let milliseconds: Int
  }

  public let items: [Item]

  public var milliseconds: Int { items.reduce(0) { $0 + $1.milliseconds } }
  /// Rounded up.
  public var minutes: Int { (milliseconds + 59_999) / 60_000 }
  public var isTooLong: Bool { milliseconds > Self.longestMilliseconds }

  /// `m:ss`, rounded up to the second.
  public static func clock(milliseconds: Int) -> String {
    let seconds = (milliseconds + 999) / 1000
    return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }

  /// The parts and their times in one sentence.
  public var breakdown: String {
    let times = items.filter { $0.milliseconds > 0 }.map { "\($0.name) at line \($0.line) \(Self.clock(milliseconds: $0.milliseconds))" }
    return "\(Self.clock(milliseconds: milliseconds)) in all: " + times.joined(separator: ", ")
  }
}

extension LessonDocument.Part {
  /// The word that opens the block in a file, `prose` for text between blocks.
  public var name: String {
    switch self {
    case .prose: "prose"
    case .quiz: "quiz"
    case .flashcards: "flashcards"
    case .scenario: "scenario"
    case .reflection: "reflection"
    case .recording(let recording): recording.kind.rawValue
    case .picture(let picture): picture.kind.rawValue
    case .cheatsheet: "cheatsheet"
    }
  }

  /// Time for one learner. A cheat sheet is kept for later and takes none; `measured` is a recording's real length in seconds.
  public func milliseconds(language: String, measured: Double? = nil) -> Int {
    let reading = { ReadingTime.milliseconds($0, language: language) }
    switch self {
    case .prose(let text): return reading(text)
    case .cheatsheet: return 0
    case .quiz(let questions): return questions.reduce(0) { $0 + $1.milliseconds(reading: reading) }
    case .flashcards(let notes): return notes.reduce(0) { $0 + $1.cards.count } * 8_000
    case .scenario(let scenario): return ScenarioLength.milliseconds(of: scenario, reading: reading)
    case .reflection(let reflection): return reflection.minutes * 60_000
    case .recording(let recording): return measured.map { Int((min(max($0, 0), 86_400) * 1000).rounded(.up)) } ?? recording.seconds * 1000
    case .picture(let picture): return picture.kind == .infographic ? 30_000 : 8_000
    }
  }
}

extension GIFT.Question {
  fileprivate func milliseconds(reading: (String) -> Int) -> Int {
    switch kind {
    case .description: reading(text.text)
    case .essay: 120_000
    case .trueFalse: 20_000
    case .multipleChoice(_, let severalAllowed): severalAllowed ? 45_000 : 30_000
    case .shortAnswer: 30_000
    case .numerical: 45_000
    case .matching(let matching): max(45_000, matching.pairs.count * 15_000)
    }
  }
}

/// Reading speed: 200 words a minute, or 400 characters where words are not parted by blanks.
enum ReadingTime {
  static func milliseconds(_ text: String, language: String) -> Int {
    let tag = language.lowercased()
    let countsCharacters = ["zh", "ja", "th"].contains { tag == $0 || tag.hasPrefix("\($0)-") }
    guard countsCharacters else { return words(text) * 300 }
    return text.count { $0.isLetter || $0.isNumber } * 150
  }

  /// Stretches between blanks that hold a letter or a digit; marks of Markdown alone are no words.
  static func words(_ text: String) -> Int {
    text.split(whereSeparator: \.isWhitespace).count { $0.contains { $0.isLetter || $0.isNumber } }
  }
}
