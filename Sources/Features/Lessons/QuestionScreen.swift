import Interchange
import Kit
import Web

/// A question of a lesson, before and after it is answered.
struct QuestionScreen: Output {
  let text: String?
  let html: SafeHTML?
  /// Until it is answered.
  let form: Form?
  let result: Result?

  struct Result: Output {
    let isRight: Bool
    /// The answer as it was given, in words; absent where the options show it.
    let answer: String?
    let options: [Option]
    let verdict: String
    let feedback: [String]
    let solution: String?
  }

  /// What could be chosen, after the answer.
  struct Option: Output {
    let text: String
    /// "Your answer", "Right"; nil for what was rightly left alone.
    let words: String?
    let chip: String

    init(_ text: String, isChosen: Bool, isRight: Bool) {
      self.text = text
      chip = isRight ? "good" : "warn"
      words = isChosen ? (isRight ? "Your answer, right" : "Your answer") : isRight ? "Right" : nil
    }
  }

  init(_ question: GIFT.Question, _ lesson: Lesson, _ part: Int, answer: GivenAnswer?, _ viewer: Viewer) {
    let isMarkdown = question.text.format == .markdown
    text = isMarkdown ? nil : question.text.text
    html = isMarkdown ? SafeHTML(Markdown.html(question.text.text, headingShift: 1)) : nil
    let asked = QuestionForm(question: question, lesson: lesson, part: part, person: viewer.person)
    guard let answer else {
      form = question.kind == .description ? nil : asked.form
      result = nil
      return
    }
    let marking = Marking(question, answer.texts)
    form = nil
    let options = QuestionScreen.options(asked, chosen: Set(answer.texts))
    result = Result(
      isRight: marking.isRight, answer: options.isEmpty ? QuestionScreen.words(question, answer.texts) : nil, options: options,
      verdict: marking.verdict, feedback: marking.feedback, solution: options.isEmpty ? marking.solution : nil)
  }

  private static func options(_ asked: QuestionForm, chosen: Set<String>) -> [Option] {
    switch asked.question.kind {
    case .trueFalse(let statement):
      return [("True", "true", true), ("False", "false", false)].map { text, value, isTrue in
        Option(text, isChosen: chosen.contains(value), isRight: statement.isTrue == isTrue)
      }
    case .multipleChoice(let choices, let severalAllowed):
      return asked.shuffled(Array(choices.enumerated())).map { place, choice in
        Option(
          choice.text.text, isChosen: chosen.contains("\(place)"), isRight: severalAllowed ? choice.weight > 0 : choice.weight == 100)
      }
    default: return []
    }
  }

  private static func words(_ question: GIFT.Question, _ texts: [String]) -> String {
    switch question.kind {
    case .matching(let matching): return zip(matching.pairs, texts).map { "\($0.left.text): \($1)" }.joined(separator: " · ")
    default: return texts.joined(separator: "\n")
    }
  }
}
