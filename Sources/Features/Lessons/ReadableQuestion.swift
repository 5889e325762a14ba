import Decks
import Interchange

extension GIFT.Question {
  /// The question as it is shown and marked: texts in HTML without their tags. The file of the lesson keeps them.
  var readable: GIFT.Question {
    GIFT.Question(
      category: category, name: name, text: text.readable, generalFeedback: generalFeedback?.readable, kind: readableKind)
  }

  private var readableKind: GIFT.Kind {
    switch kind {
    case .description: .description
    case .essay: .essay
    case .trueFalse(let statement):
      .trueFalse(
        GIFT.TrueFalse(isTrue: statement.isTrue, whenWrong: statement.whenWrong?.readable, whenRight: statement.whenRight?.readable))
    case .multipleChoice(let choices, let severalAllowed):
      .multipleChoice(choices.map(\.readable), severalAllowed: severalAllowed)
    case .shortAnswer(let choices): .shortAnswer(choices.map(\.readable))
    case .numerical(let numerical):
      .numerical(
        GIFT.Numerical(
          answers: numerical.answers.map { GIFT.Numerical.Answer($0.accepted, weight: $0.weight, feedback: $0.feedback?.readable) },
          otherwise: numerical.otherwise?.readable))
    case .matching(let matching):
      .matching(
        GIFT.Matching(
          pairs: matching.pairs.map { GIFT.Matching.Pair(left: $0.left.readable, right: rightSide($0.right)) },
          distractors: matching.distractors.map(rightSide)))
    }
  }

  /// A right side has the markup of its question. It is one line, as the value of an option comes back with other line breaks.
  private func rightSide(_ side: String) -> String {
    if text.format != .html { return side }
    let words = HTMLText.lines(side).replacing("\n", with: " ")
    return words.isEmpty ? side : words
  }
}

extension GIFT.Choice {
  fileprivate var readable: GIFT.Choice { GIFT.Choice(text.readable, weight: weight, feedback: feedback?.readable) }
}

extension GIFT.Text {
  fileprivate var readable: GIFT.Text { format == .html ? GIFT.Text(HTMLText.lines(text)) : self }
}
