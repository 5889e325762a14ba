import Interchange
import Kit
import SpacedRepetition
import Web

/// The form by which a question is answered without scripts.
struct QuestionForm {
  let question: GIFT.Question
  let lesson: Lesson
  let part: Int
  let person: ID<Person>

  var form: Form {
    var fields: [Form.Field] = [.hidden("part", "\(part)")]
    switch question.kind {
    case .description: break
    case .trueFalse:
      fields.append(.choose(.radio, "choice", "Your answer", [.init("true", "True"), .init("false", "False")]))
    case .multipleChoice(let choices, let severalAllowed):
      let options = shuffled(Array(choices.enumerated())).map { Form.Option("\($0.offset)", $0.element.text.text) }
      fields.append(
        .choose(severalAllowed ? .checks : .radio, "choice", severalAllowed ? "Choose all that fit" : "Your answer", options))
    case .shortAnswer: fields.append(.text("text", "Your answer", autocomplete: "off"))
    case .numerical: fields.append(.text("text", "Your answer, a number", autocomplete: "off", inputmode: "decimal"))
    case .essay: fields.append(.area("text", "Your answer", help: "Only you see it.", max: 5000))
    case .matching(let matching):
      let rights = shuffled(Set(matching.pairs.map(\.right) + matching.distractors).sorted())
      for (place, pair) in matching.pairs.enumerated() {
        fields.append(
          .choose(.select, "pair.\(place)", pair.left.text, [.init("", "Choose…")] + rights.map { Form.Option($0, $0) }))
      }
    }
    return Form("/lessons/\(lesson.id)/answers", button: "Check", id: "question", fields)
  }

  /// Another order for each person and question, and always the same one for both.
  func shuffled<Item>(_ items: [Item]) -> [Item] {
    items.enumerated().sorted { order($0.offset) < order($1.offset) }.map(\.element)
  }

  private func order(_ place: Int) -> Double {
    FuzzRange.fraction(card: lesson.id.value &+ person.value &* 31, reviews: part * 100 + place)
  }
}
