extension LessonDocument {
  /// Largest lesson file, in bytes.
  public static let largestFile = 200_000

  /// What reading a file gave.
  public struct Reading: Sendable, Hashable {
    /// The lesson; `nil` as soon as there is one error.
    public var document: LessonDocument?
    /// In the order of lines. A lesson with errors must not be imported or published.
    public var errors: [Finding]
    public var warnings: [Finding]
    /// The computed time of everything that could be read, also of a lesson that is refused.
    public var duration: LessonDuration
  }

  /// Reads a lesson file: UTF-8, front matter, CommonMark and fenced blocks. Total on arbitrary bytes.
  ///
  /// - Parameter files: the files beside the lesson. With them every source must exist and not be empty, and a recording's length
  ///   must agree with its container within 2 s; with `nil` neither is checked.
  public static func read(_ bytes: some Collection<UInt8>, files: LessonFiles? = nil) -> Reading {
    var reader = LessonReader(files: files)
    if bytes.count > largestFile {
      reader.fail(1, "too-large", "A lesson file has at most 200 kB.")
    } else if let lines = SourceText.lines(bytes) {
      reader.read(lines)
    } else {
      reader.fail(1, "not-utf-8", "The file is not UTF-8 text. Save it as UTF-8 and import it again.")
    }
    return reader.reading
  }
}

struct LessonReader {
  let files: LessonFiles?
  var errors: [Finding] = []
  var warnings: [Finding] = []
  private var document = LessonDocument(id: "", title: "", language: "")
  private var items: [LessonDuration.Item] = []
  private var minutesLine = 1
  private var cardIDs: Set<String> = []

  init(files: LessonFiles?) { self.files = files }

  var reading: LessonDocument.Reading {
    let errors = errors.sorted { ($0.line, $0.code) < ($1.line, $1.code) }
    return LessonDocument.Reading(
      document: errors.isEmpty ? document : nil, errors: errors, warnings: warnings, duration: LessonDuration(items: items))
  }

  mutating func fail(_ line: Int, _ code: String, _ text: String) {
    errors.append(Finding(line: line, code: code, text: text))
  }

  mutating func read(_ lines: [SourceLine]) {
    guard lines.first?.text.trimmed == "---", let end = lines.dropFirst().firstIndex(where: { $0.text.trimmed == "---" }) else {
      return fail(1, "no-front-matter", "A lesson begins with front matter between two lines of ---.")
    }
    readFrontMatter(Array(lines[1..<end]))
    for piece in LessonPiece.pieces(of: Array(lines[(end + 1)...]), findings: &errors) {
      switch piece {
      case .prose(let lines): add(prose(lines), line: lines.first?.number ?? 1)
      case .block(let word, let line, let content):
        if let part = part(word, line: line, content: content) { add(part, line: line) }
      }
    }
    if document.parts.isEmpty, errors.isEmpty { fail(1, "empty-lesson", "The lesson has no content.") }
    checkDuration()
  }

  private mutating func readFrontMatter(_ lines: [SourceLine]) {
    var fields = LessonFields(lines, block: "front matter", line: 1)
    document.id = fields.required("id")
    if !document.id.isEmpty, !document.id.isKebabCase {
      fields.fail("id", "bad-id", "The id holds lower-case letters, digits and hyphens only, such as feedback-sbi.")
    }
    document.title = fields.required("title")
    document.language = fields.required("language")
    if !document.language.isEmpty, !Self.isLanguageTag(document.language) {
      fields.fail("language", "bad-language", "The language is a tag such as en or pt-BR.")
    }
    document.skills = fields.skills("skills")
    document.minutes = fields.whole("minutes", 1...15)
    document.licence = fields.optional("licence")
    document.author = fields.optional("author")
    document.reviewBy = fields.optional("review-by")
    if let day = document.reviewBy, !Self.isDay(day) {
      fields.fail("review-by", "bad-date", "A date is written year-month-day, such as 2027-06-30.")
    }
    minutesLine = fields.line(of: "minutes")
    errors += fields.finish()
  }

  private mutating func add(_ part: LessonDocument.Part, line: Int) {
    var measured: Double?
    if case .recording(let recording) = part { measured = files?[recording.source]?.seconds }
    let time = part.milliseconds(language: document.language, measured: measured)
    items.append(LessonDuration.Item(line: line, name: part.name, milliseconds: time))
    document.parts.append(part)
  }

  private mutating func prose(_ lines: [SourceLine]) -> LessonDocument.Part {
    checkMarkdown(lines)
    return .prose(lines.map(\.text).block)
  }

  private mutating func checkMarkdown(_ lines: [SourceLine]) {
    let text = lines.map(\.text).joined(separator: "\n")
    do throws(Markdown.Refusal) {
      _ = try Markdown.render(text)
    } catch {
      fail(lines.first?.number ?? 1, "markdown-refused", error.text)
    }
    for line in Markdown.linesWithRawHTML(text) where lines.indices.contains(line - 1) {
      warnings.append(Finding(line: lines[line - 1].number, code: "raw-html", text: "Raw HTML is not shown. Use Markdown instead."))
    }
  }

  private mutating func part(_ word: String, line: Int, content: [SourceLine]) -> LessonDocument.Part? {
    let files = files
    switch word {
    case "quiz": return quiz(content, line: line)
    case "flashcards": return flashcards(content, line: line)
    case "scenario": return .scenario(Scenario.read(content, line: line, findings: &errors))
    case "cheatsheet": return cheatsheet(content, line: line)
    case "reflection": return keyed(LessonFields(content, block: word, line: line)) { $0.reflection() }
    case "video": return keyed(LessonFields(content, block: word, line: line)) { $0.recording(.video, files: files) }
    case "audio": return keyed(LessonFields(content, block: word, line: line)) { $0.recording(.audio, files: files) }
    case "infographic": return keyed(LessonFields(content, block: word, line: line)) { $0.picture(.infographic, files: files) }
    case "image": return keyed(LessonFields(content, block: word, line: line)) { $0.picture(.image, files: files) }
    default:
      fail(line, "unknown-block", "There is no block called \(word). For sample code use ~~~ instead of back-ticks.")
      return nil
    }
  }

  private mutating func keyed(
    _ fields: LessonFields, _ read: (inout LessonFields) -> LessonDocument.Part
  ) -> LessonDocument.Part {
    var fields = fields
    let part = read(&fields)
    errors += fields.finish()
    return part
  }

  private mutating func quiz(_ content: [SourceLine], line: Int) -> LessonDocument.Part {
    let report = GIFT.read(content)
    errors += report.refused
    warnings += report.warnings
    if !report.questions.contains(where: { $0.kind != .description }), report.refused.isEmpty {
      fail(line, "quiz-without-question", "A quiz needs at least one question.")
    }
    return .quiz(report.questions)
  }

  private mutating func flashcards(_ content: [SourceLine], line: Int) -> LessonDocument.Part {
    var notes: [CardNote] = []
    for source in content where !source.text.isBlank {
      do throws(Finding) {
        let note = try CardNote.read(source, lesson: document.id)
        if !cardIDs.insert(note.id).inserted { fail(source.number, "duplicate-card", "This card stands in the lesson a second time.") }
        notes.append(note)
      } catch {
        errors.append(error)
      }
    }
    if content.allSatisfy({ $0.text.isBlank }) { fail(line, "no-cards", "The block holds no cards.") }
    return .flashcards(notes)
  }

  /// 55 lines of 90 characters fit on a printed page.
  private mutating func cheatsheet(_ content: [SourceLine], line: Int) -> LessonDocument.Part {
    let text = content.map(\.text).block
    let printed = content.reduce(0) { $0 + max(1, ($1.text.count + 89) / 90) }
    if text.isEmpty { fail(line, "empty-block", "The cheat sheet is empty.") }
    if printed > 55 { fail(line, "longer-than-a-page", "The cheat sheet takes \(printed) printed lines; a page holds 55.") }
    checkMarkdown(content)
    return .cheatsheet(text)
  }

  private mutating func checkDuration() {
    let duration = LessonDuration(items: items)
    if duration.isTooLong {
      fail(1, "too-long", "A lesson takes at most 15:00. This one takes \(duration.breakdown). \(splitProposal)")
    } else if let minutes = document.minutes, abs(minutes - duration.minutes) > 2 {
      fail(minutesLine, "minutes-differ", "The lesson takes \(duration.minutes) minutes, not \(minutes): \(duration.breakdown).")
    }
  }

  /// Where new lessons could begin so that each fits, at headings.
  private var splitProposal: String {
    var lines: [Int] = []
    var time = 0
    var heading: (line: Int, time: Int)?
    for (item, part) in zip(items, document.parts) {
      if case .prose(let text) = part, text.begins(with: "#"), time > 0 { heading = (item.line, time) }
      time += item.milliseconds
      if time > LessonDuration.longestMilliseconds, let start = heading {
        lines.append(start.line)
        time -= start.time
        heading = nil
      }
    }
    guard !lines.isEmpty else { return "Give it headings and split it there." }
    return "Split it at the heading in line " + lines.map(String.init).joined(separator: " and line ") + "."
  }

  private static func isLanguageTag(_ tag: String) -> Bool {
    let parts = tag.utf8.split(separator: Ascii.minus, omittingEmptySubsequences: false)
    return parts.count <= 4 && (2...3).contains(parts.first?.count ?? 0) && parts.first?.allSatisfy(Ascii.isLetter) == true
      && parts.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy { Ascii.isLetter($0) || Ascii.isDigit($0) } }
  }

  private static func isDay(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: Ascii.minus, omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy(Ascii.isDigit) }) else { return false }
    let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 3, (1970...2200).contains(numbers[0]), (1...12).contains(numbers[1]) else { return false }
    let isLeap = numbers[0] % 4 == 0 && (numbers[0] % 100 != 0 || numbers[0] % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[numbers[1] - 1]).contains(numbers[2])
  }
}
