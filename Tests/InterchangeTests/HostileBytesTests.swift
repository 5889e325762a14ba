import Testing

@testable import Interchange

/// Bytes drawn from the signs each format gives a meaning, with some noise. No input may end the process, and what is accepted
/// must come back from its own text.
@Suite struct HostileBytesTests {
  private static func inputs(_ signs: [String], prefix: String = "", seed: UInt64) -> [[UInt8]] {
    var numbers = SeededNumbers(seed: seed)
    return (0..<20_000).map { _ in
      var bytes = Array(prefix.utf8)
      for _ in 0..<Int.random(in: 0...24, using: &numbers) {
        if Int.random(in: 0..<40, using: &numbers) == 0 {
          bytes.append(UInt8.random(in: .min ... .max, using: &numbers))
        } else {
          bytes += (signs.randomElement(using: &numbers) ?? "").utf8
        }
      }
      return bytes
    }
  }

  @Test("GIFT")
  func gift() {
    let signs = [
      "{", "}", "=", "~", "#", "####", "::", "\\", "->", "%",
      "50", "..", "\n", "\n\n", "//", "T", " ", "[html]", "$CATEGORY:", "é", "a",
    ]
    var accepted = 0
    for input in Self.inputs(signs, seed: 1) {
      let report = GIFT.read(input)
      let written = GIFT.write(report.questions)
      let again = GIFT.read(Array(written.utf8))
      accepted += report.questions.count
      #expect(again.refused.isEmpty)
      #expect(GIFT.write(again.questions) == written)
    }
    #expect(accepted > 5_000)
  }

  @Test("lessons")
  func lessons() {
    let signs = [
      "```quiz\n", "```flashcards\n", "```scenario\n", "```image\n", "```\n", "\n", "A{T}\n", "a :: b\n",
      "{{x}} y\n", "start: s\n", "# start\n", "> a -> start\n", "src: a\n", "alt: \"", "## H\n", "~~~\n",
      "text ", "<b>", ":", " ", "é", "````cheatsheet\n", "````\n", "(score: 1)\n",
    ]
    var accepted = 0
    for input in Self.inputs(signs, prefix: "---\nid: a\ntitle: \"A: b\"\nlanguage: en\n---\n", seed: 2) {
      guard let lesson = LessonDocument.read(input).document else { continue }
      accepted += 1
      let again = LessonDocument.read(Array(lesson.text.utf8))
      #expect(again.errors == [])
      #expect(again.document?.text == lesson.text)
    }
    #expect(accepted > 500)
  }

  @Test("front matter")
  func frontMatter() {
    let signs = [
      "id: a\n", "title: ", "skills: ", "language: en\n", "[", "{", "}", "]", ",", "\"",
      "'", "\\", "#", ":", " ", "-", "\n", "  ", "a", "2", "---\n",
    ]
    for input in Self.inputs(signs, prefix: "---\n", seed: 3) {
      guard let lesson = LessonDocument.read(input).document else { continue }
      #expect(LessonDocument.read(Array(lesson.text.utf8)).document == lesson)
    }
  }

  @Test("CSV")
  func csv() throws {
    var accepted = 0
    for input in Self.inputs(["\"", "\"\"", ",", ";", "\t", "\r", "\n", "a", " ", "é", "\u{FEFF}", "="], seed: 4) {
      guard let records = try? CSV.records(input) else { continue }
      accepted += 1
      let text = CSV.text(records.map { $0.fields.map { .text($0) } })
      let again = try CSV.records(Array(text.utf8), separator: .comma).map { $0.fields.map(CSV.unguarded) }
      #expect(again == records.map(\.fields))
    }
    #expect(accepted > 1_000)
  }

  @Test("Markdown")
  func markdown() {
    let signs = [
      "[", "]", "(", ")", "!", "*", "_", "`", "<", ">",
      "\n", "- ", "1. ", "# ", "&#9;", "javascript:", "//", "a", "<script>", "\"", "é",
    ]
    for input in Self.inputs(signs, seed: 5) {
      let html = Markdown.html(String(decoding: input, as: UTF8.self))
      #expect(!html.contains("<script"))
      #expect(!html.contains("href=\"java"))
    }
  }

  @Test(
    "eight times as much of one pattern takes about eight times as long",
    arguments: [
      "# a\n", "key: 1\n", "- a\n", "a :: b\n", "{{a}}", "`", "```\n", "> a -> b\n", " id=", "(score:", "::", "####", "{",
      "=a ~b ", "->", "\"", "[", "## a\n", "~~~\n", "\\", "%1%", "\n",
    ])
  func linear(unit: String) {
    let (short, long) = (Self.readingSeconds(unit, bytes: 5_000), Self.readingSeconds(unit, bytes: 40_000))
    // Quadratic work would take 64 times as long.
    #expect(long < 24 * short + 0.05)
  }

  private static func readingSeconds(_ unit: String, bytes: Int) -> Double {
    let many = String(repeating: unit, count: bytes / unit.utf8.count)
    let front = "---\nid: a\ntitle: A\nlanguage: en\n---\n"
    return processorSeconds {
      for block in ["", "quiz", "flashcards", "scenario", "reflection", "cheatsheet"] {
        let body = block.isEmpty ? many : "``````\(block)\n\(many)\n``````\n"
        _ = LessonDocument.read(Array((front + body).utf8))
      }
      _ = LessonDocument.read(Array(("---\n" + many + "\n---\n").utf8))
      _ = GIFT.read(Array(many.utf8))
      _ = try? CSV.records(Array(many.utf8))
    }
  }
}
