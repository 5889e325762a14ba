import Interchange

/// What the player shows at once: one idea.
enum Screen: Sendable {
  case prose(String)
  case question(GIFT.Question)
  case cards([CardNote.Card])
  case scenario(Scenario)
  case reflection(LessonDocument.Reflection)
  case recording(LessonDocument.Recording)
  case picture(LessonDocument.Picture)
  case cheatsheet(String)

  /// The screens of a lesson in order; every question has its own.
  static func screens(of document: LessonDocument) -> [Screen] {
    document.parts.flatMap { part -> [Screen] in
      switch part {
      case .prose(let text): [.prose(text)]
      case .quiz(let questions): questions.map { .question($0.readable) }
      case .flashcards(let notes): [.cards(notes.flatMap(\.cards))]
      case .scenario(let scenario): [.scenario(scenario)]
      case .reflection(let reflection): [.reflection(reflection)]
      case .recording(let recording): [.recording(recording)]
      case .picture(let picture): [.picture(picture)]
      case .cheatsheet(let text): [.cheatsheet(text)]
      }
    }
  }

  static func count(of document: LessonDocument) -> Int { max(1, screens(of: document).count) }
}
