import Testing

@testable import Interchange

@Suite struct GIFTTests {
  @Test("every construct of the format is read as agreed", arguments: ["sample.gift.txt", "sample_crlf_bom.gift.txt"])
  func sample(name: String) throws {
    let expected: GIFTExpectation = try Fixture.decoded("sample_expected.json")
    let report = GIFT.read(try Fixture.bytes(name))
    #expect(report.refused.isEmpty)
    #expect(report.warnings.isEmpty)
    #expect(report.questions.count == 44)
    for (block, wanted) in zip(report.blocks, expected.questions) {
      let question = try #require(block.question)
      #expect(GIFTExpectation.Question(question, line: block.line) == wanted)
    }
  }

  private struct Malformed: Decodable {
    struct Block: Decodable {
      let line: Int
      let type: String?
      let error: String?
      let warnings: [String]?
    }
    let blocks: [Block]
  }

  @Test("a broken block is refused with its line and code, and never stops the others")
  func malformed() throws {
    let expected: Malformed = try Fixture.decoded("malformed_expected.json")
    let report = GIFT.read(try Fixture.bytes("malformed.gift.txt"))
    #expect(report.questions.count == 8)
    #expect(report.refused.count == 9)
    #expect(report.blocks.map(\.line) == expected.blocks.map(\.line))
    for (block, wanted) in zip(report.blocks, expected.blocks) {
      #expect(block.refusal?.code == wanted.error)
      #expect(block.warnings.map(\.code) == wanted.warnings ?? [])
      #expect(block.question.map { GIFTExpectation.Question($0, line: 0).type } == wanted.type)
    }
  }

  @Test("questions written and read again are the same")
  func roundTrip() throws {
    for name in ["sample.gift.txt", "malformed.gift.txt"] {
      let questions = GIFT.read(try Fixture.bytes(name)).questions
      let written = GIFT.write(questions)
      let again = GIFT.read(Array(written.utf8))
      #expect(again.refused.isEmpty)
      #expect(again.questions == questions)
      #expect(GIFT.write(again.questions) == written)
    }
  }

  @Test("line breaks at the ends of a text are as good as nothing")
  func breaksAtTheEnds() throws {
    #expect(GIFT.read(Array("\\n".utf8)).refused.map(\.code) == ["no-question-text"])
    let report = GIFT.read(Array("\\n A \\n b\\n {=\\n~x}".utf8))
    #expect(report.refused.map(\.code) == ["empty-answer"])
    #expect(GIFT.read(Array("\\n A \\n b\\n {=y\\n~x}".utf8)).questions.map(\.text.text) == ["A \n b"])
  }

  @Test(
    "texts that look like structure survive writing",
    arguments: ["// no comment", "[html]<b>", "::a::", "$CATEGORY: x", "%50%half", "a = b ~ c # d {e} \\ f \\n", "T", "-> b", "a\nb", "0"])
  func structureInText(text: String) {
    let questions: [GIFT.Question] = [
      GIFT.Question(text: GIFT.Text(text), kind: .description),
      GIFT.Question(
        name: text, text: GIFT.Text(text, format: .markdown), generalFeedback: GIFT.Text(text),
        kind: .multipleChoice(
          [GIFT.Choice(GIFT.Text(text), weight: 100), GIFT.Choice(GIFT.Text(text), weight: 0, feedback: GIFT.Text(text))],
          severalAllowed: false)),
      GIFT.Question(text: GIFT.Text("q"), kind: .shortAnswer([GIFT.Choice(GIFT.Text(text), weight: 100)])),
      GIFT.Question(text: GIFT.Text("q"), kind: .trueFalse(GIFT.TrueFalse(isTrue: false, whenRight: GIFT.Text(text)))),
    ]
    let report = GIFT.read(Array(GIFT.write(questions).utf8))
    #expect(report.refused.isEmpty)
    #expect(report.questions == questions)
  }

  @Test("a choice whose answers are all right is written as a choice, not as short answers or pairs")
  func allRight() {
    let text = "Which? {=one -> two ~%100%three =-> four}"
    let questions = GIFT.read(Array(text.utf8)).questions
    #expect(questions.count == 1)
    #expect(GIFT.read(Array(GIFT.write(questions).utf8)).questions == questions)
  }

  @Test("a text that begins with a byte order mark or like a comment comes back")
  func marks() {
    for text in ["\u{FEFF}// a question", "// a question", "\u{FEFF}a question"] {
      let questions = [GIFT.Question(text: GIFT.Text(text), kind: .description)]
      #expect(GIFT.read(Array(GIFT.write(questions).utf8)).questions == questions)
    }
  }
}
