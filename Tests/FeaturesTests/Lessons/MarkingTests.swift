import Interchange
import Testing

@testable import Features

@Suite("Marking answers")
struct MarkingTests {
  private func question(_ gift: String) throws -> GIFT.Question {
    try #require(GIFT.read(Array(gift.utf8)).questions.first)
  }

  @Test(
    "ticking everything earns nothing where wrong ticks cost",
    arguments: [(["0", "1"], 1.0), (["0"], 0.5), (["0", "1", "2"], 0), (["2"], 0)] as [([String], Double)])
  func several(_ texts: [String], _ credit: Double) throws {
    let marking = Marking(try question("Even? {~%50%Two ~%50%Four ~%-100%Three}"), texts)
    #expect(marking.credit == credit)
  }

  @Test(
    "a short answer minds neither case nor blanks, and a star stands for anything",
    arguments: [("new  york", 1.0), ("New York City", 0.5), ("York", 0), ("", 0)] as [(String, Double)])
  func words(_ text: String, _ credit: Double) throws {
    #expect(Marking(try question("Where? {=New York =%50%new york*}"), [text]).credit == credit)
  }

  @Test(
    "a star matches no text twice",
    arguments: [("ab*ba", "aba", false), ("ab*ba", "abba", true), ("*x*", "aXb", true), ("a*b*c", "acb", false)] as [(String, String, Bool)]
  )
  func wildcard(_ pattern: String, _ text: String, _ isMatch: Bool) { #expect(Wildcard.matches(pattern, text) == isMatch) }

  @Test(
    "a number is right within its tolerance, bounds included",
    arguments: [("3.14", 1.0), ("3,1", 1), ("3.2", 1), ("3.3", 0), ("pi", 0), ("1e999", 0)] as [(String, Double)])
  func numbers(_ text: String, _ credit: Double) throws {
    #expect(Marking(try question("Pi? {#3.1:0.1000001}"), [text]).credit == credit)
  }

  @Test("a question in HTML is shown and marked without its tags, one in Markdown stays as it is")
  func html() throws {
    let question = try question(
      "[html]<p>Which <b>town</b>?</p> {=<p>Paris &amp; around</p>#<i>Bravo.</i> =%50%<b>Par*</b>#Nearly.####<p>A &lt; B</p>}")
    #expect(question.text.text.contains("<p>"), "the file keeps them")
    let readable = question.readable
    #expect(readable.text.text == "Which town?")
    let right = Marking(readable, ["paris & around"])
    #expect(right.credit == 1 && right.feedback == ["Bravo.", "A < B"])
    #expect(Marking(readable, ["Parma"]).credit == 0.5)
    #expect(Marking(readable, ["Rome"]).solution == "Paris & around")
    let pairs = try self.question(
      "[html]<p>Capitals</p> {=<b>France</b> -> <i>Paris</i> =Spain -> Madrid,<br>not Toledo = -> <b>Rome</b>}"
    ).readable
    guard case .matching(let matching) = pairs.kind else {
      Issue.record("The pairs were not read.")
      return
    }
    #expect(matching.pairs.map(\.right) == ["Paris", "Madrid, not Toledo"] && matching.distractors == ["Rome"])
    #expect(Marking(pairs, ["Paris", "Madrid, not Toledo"]).credit == 1)
    #expect(Marking(pairs, ["Rome", "Madrid, not Toledo"]).solution == "France: Paris · Spain: Madrid, not Toledo")
    let marked = try self.question("[markdown]Which *town*? {T}")
    #expect(marked.readable == marked)
  }

  @Test("a wrong answer is told the right one, a right answer is not")
  func solution() throws {
    let question = try question("Water is wet. {TRUE#No.#Yes.}")
    #expect(Marking(question, ["false"]).solution == "It is true.")
    #expect(Marking(question, ["true"]).solution == nil)
    #expect(Marking(question, ["true"]).feedback == ["Yes."])
  }
}
