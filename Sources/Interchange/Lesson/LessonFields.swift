/// The `key: value` lines of front matter or of a block. A key nobody asked for is an error.
struct LessonFields {
  private let text: KeyedText
  private let block: String
  private let blockLine: Int
  private var asked: Set<String> = []
  private var findings: [Finding] = []

  init(_ lines: [SourceLine], block: String, line: Int) {
    text = KeyedText.read(lines, findings: &findings)
    self.block = block
    blockLine = line
  }

  func line(of key: String) -> Int { text.entries.first { $0.key == key }?.line ?? blockLine }

  mutating func fail(_ key: String, _ code: String, _ text: String) {
    findings.append(Finding(line: line(of: key), code: code, text: text))
  }

  private mutating func value(_ key: String) -> KeyedText.Value? {
    asked.insert(key)
    return text.entries.first { $0.key == key }?.value
  }

  /// A text; an empty one counts when it is written `""`.
  mutating func written(_ key: String) -> String? {
    switch value(key) {
    case .scalar(let text): return text
    case nil: return nil
    case .nothing: fail(key, "missing-value", "The key \(key) has no value.")
    default: fail(key, "bad-value", "The value of \(key) is a single text.")
    }
    return nil
  }

  mutating func optional(_ key: String) -> String? {
    guard let text = written(key) else { return nil }
    if text.isBlank { fail(key, "missing-value", "The key \(key) has no value.") }
    return text.trimmed
  }

  /// The text, or an empty one and a finding.
  mutating func required(_ key: String) -> String {
    if let text = optional(key) { return text }
    if !text.entries.contains(where: { $0.key == key }) { fail(key, "missing-key", "The \(block) has no \(key).") }
    return ""
  }

  mutating func whole(_ key: String, _ range: ClosedRange<Int>) -> Int? {
    guard let text = written(key) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      fail(key, "bad-number", "\(key) is a whole number from \(range.lowerBound) to \(range.upperBound).")
      return nil
    }
    return number
  }

  mutating func flag(_ key: String, standard: Bool) -> Bool {
    guard let text = written(key) else { return standard }
    if !["true", "false"].contains(text) { fail(key, "bad-value", "\(key) is true or false.") }
    return text == "true"
  }

  mutating func skills(_ key: String) -> [LessonDocument.SkillLevel] {
    guard let value = value(key) else { return [] }
    guard case .list(let items) = value, items.count <= 20 else {
      fail(key, "bad-skills", "Skills are a list of at most 20, such as [{feedback: 2}].")
      return []
    }
    var skills: [LessonDocument.SkillLevel] = []
    for item in items {
      guard case .map(let pairs) = item, pairs.count == 1, let pair = pairs.first, pair.key.isKebabCase,
        let level = Int(pair.value), (1...5).contains(level), !skills.contains(where: { $0.skill == pair.key })
      else {
        fail(key, "bad-skills", "Each skill stands once, in lower case with hyphens, with the level reached, 1 to 5: {feedback: 2}.")
        continue
      }
      skills.append(LessonDocument.SkillLevel(skill: pair.key, level: level))
    }
    return skills
  }

  /// Everything found, unknown keys included.
  func finish() -> [Finding] {
    findings
      + text.entries.filter { !asked.contains($0.key) }.map {
        Finding(line: $0.line, code: "unknown-key", text: "The \(block) knows no key \($0.key).")
      }
  }
}
