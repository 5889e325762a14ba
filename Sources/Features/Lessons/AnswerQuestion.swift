import Interchange
import Kit
import Store
import Web

/// Answers the question, or writes the thought, on one screen of a lesson.
struct AnswerQuestion: UseCase {
  var lesson: ID<Lesson>
  /// The screen, from 1.
  var part: Int
  var choice: [String]?
  var text: String?
  var pair: [String]?

  static var rules: [String: Rule] {
    ["part": .number(1...500), "choice": .list(0...50), "text": .text(0...5000), "pair": .list(0...300)]
  }

  struct Marked: Output {
    let lesson: ID<Lesson>
    let part: Int
    /// 0 to 1; absent where nothing is scored.
    let credit: Double?
    let verdict: String
    let feedback: [String]
    let solution: String?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Marked {
    let lesson = try Lesson.find(lesson, for: viewer, tx)
    let screens = Screen.screens(of: try lesson.document(org: viewer.org, tx))
    guard screens.indices.contains(part - 1) else { throw Problem.notFound }
    let (texts, marking) = try mark(screens[part - 1])
    let attempt = try Attempt.open(lesson, at: part, viewer, tx, world)
    try attempt.keep(texts, credit: marking?.credit, part: part, viewer, tx, world)
    try attempt.reach(part, viewer, tx, world)
    return Marked(
      lesson: lesson.id, part: part, credit: marking?.credit, verdict: marking?.verdict ?? "Kept.", feedback: marking?.feedback ?? [],
      solution: marking?.solution)
  }

  private func mark(_ screen: Screen) throws -> ([String], Marking?) {
    switch screen {
    case .question(let question):
      let texts = try given(question)
      return (texts, Marking(question, texts))
    case .reflection:
      guard let text, !text.trimmed.isEmpty else { throw Problem.invalid("text", "Write a few words, or go on without.") }
      return ([text.trimmed], nil)
    default: throw Problem.invalid("part", "There is nothing to answer on this screen.")
    }
  }

  private func given(_ question: GIFT.Question) throws -> [String] {
    switch question.kind {
    case .trueFalse:
      guard let first = choice?.first, ["true", "false"].contains(first) else { throw Problem.invalid("choice", "Choose true or false.") }
      return [first]
    case .multipleChoice(let choices, let severalAllowed):
      let places = (choice ?? []).compactMap { Int($0) }.filter(choices.indices.contains)
      guard !places.isEmpty else { throw Problem.invalid("choice", severalAllowed ? "Choose at least one." : "Choose one.") }
      return (severalAllowed ? Set(places).sorted() : [places[0]]).map(String.init)
    case .matching(let matching):
      let given = (pair ?? []).prefix(matching.pairs.count)
      if let missing = matching.pairs.indices.first(where: { $0 >= given.count || given[$0].isEmpty }) {
        throw Problem.invalid("pair.\(missing)", "Choose what belongs to it.")
      }
      return Array(given)
    case .numerical:
      guard let text, Marking.number(text) != nil else { throw Problem.invalid("text", "Give a number such as 6.5.") }
      return [text.trimmed]
    case .shortAnswer, .essay, .description:
      guard let text, !text.trimmed.isEmpty else { throw Problem.invalid("text", "Write your answer.") }
      return [text.trimmed]
    }
  }
}

/// Goes on to a screen and remembers how far one came.
struct MoveOn: UseCase {
  var lesson: ID<Lesson>
  /// The screen to show next, from 1.
  var part: Int
  /// The way through a scenario, its end included, as places of choices: "0-1".
  var path: String?

  static var rules: [String: Rule] { ["part": .number(1...500), "path": .text(0...100)] }

  struct Place: Output {
    let lesson: ID<Lesson>
    let part: Int
    let parts: Int
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Place {
    let lesson = try Lesson.find(lesson, for: viewer, tx)
    let part = min(part, lesson.parts)
    let attempt = try Attempt.open(lesson, at: part, viewer, tx, world)
    if let path, part >= 2, let scenario = try scenario(lesson, at: part - 1, viewer, tx) {
      let walk = ScenarioWalk(scenario, path: path)
      if walk.isOver { try attempt.keep([walk.path], credit: nil, part: part - 1, viewer, tx, world) }
    }
    try attempt.reach(part, viewer, tx, world)
    return Place(lesson: lesson.id, part: part, parts: lesson.parts)
  }

  private func scenario(_ lesson: Lesson, at part: Int, _ viewer: Viewer, _ tx: Transaction) throws -> Scenario? {
    let screens = Screen.screens(of: try lesson.document(org: viewer.org, tx))
    guard screens.indices.contains(part - 1), case .scenario(let scenario) = screens[part - 1] else { return nil }
    return scenario
  }
}
