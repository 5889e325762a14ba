@testable import Interchange

/// The shape of `sample_expected.json`, and what a question looks like in it.
struct GIFTExpectation: Decodable {
  let questions: [Question]

  struct Text: Decodable, Equatable {
    var text: String
    var format: String
  }

  struct Answer: Decodable, Equatable {
    var text: String?
    var format: String?
    var value: Double?
    var tolerance: Double?
    var fraction: Double
    var feedback: Text?
  }

  struct Pair: Decodable, Equatable {
    var left: String
    var format: String
    var right: String
  }

  struct Question: Decodable, Equatable {
    var line: Int
    var category: String?
    var name: String?
    var text: String
    var format: String
    var general_feedback: Text?
    var type: String
    var single: Bool?
    var answers: [Answer]?
    var answer: Bool?
    var wrong_feedback: Text?
    var right_feedback: Text?
    var otherwise_feedback: Text?
    var pairs: [Pair]?
    var distractors: [String]?
  }
}

extension GIFTExpectation.Text {
  init(_ text: GIFT.Text) { self.init(text: text.text, format: text.format.rawValue) }
}

extension GIFTExpectation.Answer {
  init(_ choice: GIFT.Choice) {
    self.init(
      text: choice.text.text, format: choice.text.format.rawValue, fraction: rounded(choice.weight / 100),
      feedback: choice.feedback.map(GIFTExpectation.Text.init))
  }

  init(_ answer: GIFT.Numerical.Answer) {
    let (low, high) = (answer.accepted.lowest, answer.accepted.highest)
    self.init(
      value: rounded((low + high) / 2), tolerance: rounded((high - low) / 2), fraction: rounded(answer.weight / 100),
      feedback: answer.feedback.map(GIFTExpectation.Text.init))
  }
}

extension GIFTExpectation.Question {
  init(_ question: GIFT.Question, line: Int) {
    self.init(
      line: line, category: question.category, name: question.name, text: question.text.text, format: question.text.format.rawValue,
      general_feedback: question.generalFeedback.map(GIFTExpectation.Text.init), type: "")
    switch question.kind {
    case .description: type = "description"
    case .essay: type = "essay"
    case .trueFalse(let trueFalse):
      (type, answer) = ("truefalse", trueFalse.isTrue)
      wrong_feedback = trueFalse.whenWrong.map(GIFTExpectation.Text.init)
      right_feedback = trueFalse.whenRight.map(GIFTExpectation.Text.init)
    case .multipleChoice(let choices, let severalAllowed):
      (type, single, answers) = ("multichoice", !severalAllowed, choices.map(GIFTExpectation.Answer.init))
    case .shortAnswer(let choices): (type, answers) = ("shortanswer", choices.map(GIFTExpectation.Answer.init))
    case .numerical(let numerical):
      (type, answers) = ("numerical", numerical.answers.map(GIFTExpectation.Answer.init))
      otherwise_feedback = numerical.otherwise.map(GIFTExpectation.Text.init)
    case .matching(let matching):
      (type, distractors) = ("match", matching.distractors)
      pairs = matching.pairs.map { .init(left: $0.left.text, format: $0.left.format.rawValue, right: $0.right) }
    }
  }
}

/// Nine decimals, so that 6.6…6.7 is 6.65 ± 0.05.
func rounded(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }
