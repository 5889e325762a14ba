import Testing

@testable import Interchange

@Suite struct LessonTests {
  private static func reading(_ text: String, files: LessonFiles? = nil) -> LessonDocument.Reading {
    LessonDocument.read(Array(text.utf8), files: files)
  }

  @Test("the sample lesson is read part by part")
  func sample() throws {
    let reading = LessonDocument.read(try Fixture.bytes("lesson.md"))
    #expect(reading.errors == [])
    #expect(reading.warnings == [])
    let lesson = try #require(reading.document)
    #expect(lesson.id == "feedback-sbi")
    #expect(lesson.skills == [LessonDocument.SkillLevel(skill: "feedback", level: 2)])
    #expect(lesson.reviewBy == "2027-06-30")
    #expect(
      lesson.parts.map(\.name) == ["prose", "video", "infographic", "prose", "flashcards", "quiz", "scenario", "reflection", "cheatsheet"])
    // 7 and 6 words, 1:30, 30 s, three cards, one choice; opening 7, choices 2 · 15, texts 6; two minutes.
    #expect(reading.duration.items.map(\.milliseconds) == [2100, 90_000, 30_000, 1800, 24_000, 30_000, 19_200, 120_000, 0])
  }

  @Test("export, import and export again give the same bytes")
  func roundTrip() throws {
    let lesson = try #require(LessonDocument.read(try Fixture.bytes("lesson.md")).document)
    let again = Self.reading(lesson.text)
    #expect(again.document == lesson)
    #expect(again.document?.text == lesson.text)
  }

  @Test("a card keeps its id when its back changes, and gets another when its front does")
  func cardIdentity() throws {
    func note(_ text: String) throws -> CardNote { try CardNote.read(SourceLine(number: 1, text: text), lesson: "sbi") }
    try #expect(note("Impact? :: What I felt").id == note("Impact? :: What I saw").id)
    try #expect(note("Impact? :: What I felt").id != note("Impact :: What I felt").id)
    try #expect(note("Impact :: What I felt id=impact-1").id == "impact-1")
    try #expect(note(#"a \:: b :: c \:: d"#).content == .twoSided(front: "a :: b", back: "c :: d"))
    try #expect(note(#"a \:: b :: c \:: d"#).written == #"a \:: b :: c \:: d"#)
  }

  @Test("a cloze gives one card for each group")
  func cloze() throws {
    let note = try CardNote.read(SourceLine(number: 1, text: "{{1:Name}} the {{act}}, then {{1:say}} why. id=c"), lesson: "sbi")
    #expect(note.cards.map(\.id) == ["c-1", "c-2"])
    #expect(note.cards.map(\.front) == ["[…] the act, then […] why.", "Name the […], then say why."])
    #expect(note.cards.map(\.back) == ["Name the act, then say why.", "Name the act, then say why."])
    #expect(note.written == "{{1:Name}} the {{act}}, then {{1:say}} why. id=c")
  }

  private static let front = "---\nid: a\ntitle: A\nlanguage: en\n---\n"

  @Test("every rule, broken once, is an error with its line", arguments: brokenFronts + brokenBlocks)
  func broken(line: Int, code: String, text: String) {
    let reading = Self.reading(text)
    #expect(reading.document == nil)
    #expect(reading.errors.map { "\($0.line) \($0.code)" } == ["\(line) \(code)"])
  }

  private static let brokenFronts: [(Int, String, String)] = [
    (1, "no-front-matter", "Hello"),
    (1, "missing-key", "---\ntitle: A\nlanguage: en\n---\nx"),
    (2, "bad-id", "---\nid: A b\ntitle: A\nlanguage: en\n---\nx"),
    (4, "bad-language", "---\nid: a\ntitle: A\nlanguage: english!\n---\nx"),
    (5, "unknown-key", "---\nid: a\ntitle: A\nlanguage: en\nlevel: 2\n---\nx"),
    (5, "duplicate-key", "---\nid: a\ntitle: A\nlanguage: en\ntitle: B\n---\nx"),
    (5, "bad-value", "---\nid: a\ntitle: A\nlanguage: en\nauthor: &x A\n---\nx"),
    (5, "bad-date", "---\nid: a\ntitle: A\nlanguage: en\nreview-by: 2027-02-29\n---\nx"),
    (5, "bad-skills", "---\nid: a\ntitle: A\nlanguage: en\nskills: [{feedback: 9}]\n---\nx"),
    (5, "minutes-differ", "---\nid: a\ntitle: A\nlanguage: en\nminutes: 4\n---\nx"),
    (1, "empty-lesson", front),
  ]

  private static func block(_ word: String, _ lines: String...) -> String {
    front + "```\(word)\n" + lines.map { $0 + "\n" }.joined() + "```\n"
  }

  private static let brokenBlocks: [(Int, String, String)] = [
    (6, "unknown-block", block("poll", "x")),
    (6, "unclosed-block", front + "```quiz\nA{T}\n"),
    (6, "quiz-without-question", block("quiz", "Only a text")),
    (7, "unbalanced-braces", block("quiz", "A{T")),
    (6, "no-cards", block("flashcards")),
    (7, "not-a-card", block("flashcards", "just words")),
    (7, "empty-side", block("flashcards", "a :: ")),
    (7, "bad-cloze", block("flashcards", "a {{b")),
    (8, "duplicate-card", block("flashcards", "a :: b", "a :: c")),
    (6, "no-opening", block("scenario", "# start", "x")),
    (6, "no-start", block("scenario", "start: x", "# begin", "x")),
    (9, "unknown-node", block("scenario", "start: x", "# start", "> a -> b", "> c -> d", "# d", "y")),
    (9, "bad-choice", block("scenario", "start: x", "# start", "> a")),
    (9, "unreachable-node", block("scenario", "start: x", "# start", "# far", "x")),
    (9, "duplicate-node", block("scenario", "start: x", "# start", "# start")),
    (6, "no-end", block("scenario", "start: x", "# start", "> a -> start")),
    (6, "missing-key", block("reflection", "share: mentor")),
    (8, "bad-value", block("reflection", "prompt: Why", "share: world")),
    (8, "bad-number", block("reflection", "prompt: Why", "minutes: 16")),
    (6, "missing-key", block("video", "src: m/a.mp4", "duration: 1:00", "title: A")),
    (6, "missing-key", block("audio", "src: m/a.mp3", "duration: 1:00", "title: A")),
    (9, "bad-duration", block("audio", "src: m/a.mp3", "transcript: m/a.md", "duration: 90", "title: A")),
    (7, "bad-path", block("image", "src: ../a.png", "alt: A long table")),
    (6, "missing-alt", block("infographic", "src: a.svg")),
    (8, "bad-alt", block("image", "src: a.png", "alt: photo.png")),
    (8, "bad-alt", block("image", "src: a.png", "alt: \"\"")),
    (8, "bad-alt", block("image", "src: a.png", "alt: A tree", "decorative: true")),
    (6, "empty-block", block("cheatsheet")),
    (6, "longer-than-a-page", block("cheatsheet", String(repeating: "a\n", count: 60))),
    (1, "too-long", front + String(repeating: "word ", count: 3001)),
  ]

  @Test("the files beside a lesson must exist, hold something and last as long as they claim")
  func files() {
    let text = Self.block("video", "src: a.mp4", "captions: a.vtt", "duration: 1:00", "title: A")
    func codes(_ files: LessonFiles) -> [String] { Self.reading(text, files: files).errors.map(\.code) }
    let captions = LessonFile(byteCount: 10)
    #expect(codes(["a.mp4": LessonFile(byteCount: 9, seconds: 61.9), "a.vtt": captions]).isEmpty)
    #expect(codes(["a.mp4": LessonFile(byteCount: 9, seconds: 62.1), "a.vtt": captions]) == ["duration-differs"])
    #expect(codes(["a.mp4": LessonFile(byteCount: 9)]) == ["missing-file"])
    #expect(codes(["a.mp4": LessonFile(byteCount: 9), "a.vtt": LessonFile(byteCount: 0)]) == ["empty-file"])
  }

  @Test("15:00 is allowed, one word more is refused with the breakdown and a place to split")
  func limit() throws {
    let words = String(repeating: "word ", count: 1500)
    let fits = Self.reading(Self.front + words + "\n## Second\n" + String(repeating: "word ", count: 1499))
    #expect(fits.duration.milliseconds == 900_000)
    #expect(fits.errors == [])
    let error = try #require(Self.reading(Self.front + words + "\n## Second\n" + words).errors.first)
    #expect(error.text.contains("15:01 in all: prose at line 6 7:30, prose at line 7 7:31"))
    #expect(error.text.contains("Split it at the heading in line 7."))
  }

  @Test("Japanese is counted in characters")
  func characters() {
    #expect(ReadingTime.milliseconds("相談する。", language: "ja") == 600)
    #expect(ReadingTime.milliseconds("two words", language: "en") == 600)
  }

  @Test("raw HTML is a warning with its line")
  func rawHTML() {
    let reading = Self.reading(Self.front + "Fine\n\nNot <b>fine</b>")
    #expect(reading.warnings.map(\.line) == [8])
    #expect(reading.warnings.map(\.code) == ["raw-html"])
  }

  @Test("a cycle in a scenario is walked once")
  func cycle() throws {
    let text = Self.block("scenario", "start: x", "# start", "> a -> b", "# b", "y", "> back -> start", "> on -> c", "# c", "z")
    let reading = Self.reading(text)
    #expect(reading.errors == [])
    #expect(reading.duration.milliseconds == 3 * 300 + 2 * 15_000)
  }
}
