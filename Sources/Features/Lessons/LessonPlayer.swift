import Interchange
import Kit
import Web

/// One screen of a lesson.
struct LessonPlayer: Output {
  let lesson: ID<Lesson>
  let part: Int
  let progress: Progress
  /// The screen before this one.
  let backHref: String?
  let next: Next

  var prose: SafeHTML?
  var question: QuestionScreen?
  var cards: [Face]?
  var scenario: ScenarioScreen?
  var reflection: ReflectionScreen?
  var recording: Media?
  var picture: Media?
  var sheet: SafeHTML?

  struct Progress: Output {
    let label: String
    let done: Int
    let total: Int
    let percent: Int
  }

  /// Where the button below leads.
  struct Next: Output {
    let action: String
    /// The screen that follows; absent on the last one.
    let part: Int?
    let label: String
    /// Whether something else on the screen is the main act.
    let isQuiet: Bool
    let path: String?
  }

  struct Face: Output {
    let front: String
    let back: SafeHTML
  }

  struct Media: Output {
    let title: String
    let text: String
  }

  init(_ lesson: Lesson, _ screen: Screen, _ part: Int, of total: Int, answer: GivenAnswer?, path: String?, _ viewer: Viewer) {
    self.lesson = lesson.id
    self.part = part
    let href = "/lessons/\(lesson.id)"
    progress = Progress(label: lesson.title, done: part, total: total, percent: part * 100 / max(total, 1))
    backHref = part > 1 ? "\(href)?part=\(part - 1)" : nil
    var isQuiet = false
    var walked: String?
    switch screen {
    case .prose(let text): prose = SafeHTML(Markdown.html(text))
    case .cheatsheet(let text): sheet = SafeHTML(Markdown.html(text, headingShift: 1))
    case .cards(let cards): self.cards = cards.map { Face(front: $0.front, back: SafeHTML(Markdown.html($0.back, headingShift: 2))) }
    case .question(let question):
      self.question = QuestionScreen(question, lesson, part, answer: answer, viewer)
      isQuiet = answer == nil && question.kind != .description
    case .scenario(let scenario):
      let way = path ?? answer?.texts.first ?? ""
      let screen = ScenarioScreen(scenario, ScenarioWalk(scenario, path: way), href: "\(href)?part=\(part)")
      isQuiet = !screen.choices.isEmpty
      walked = screen.path
      self.scenario = screen
    case .reflection(let reflection):
      self.reflection = ReflectionScreen(reflection, lesson, part, answer: answer)
      isQuiet = answer == nil
    case .recording(let recording): self.recording = Media(title: recording.title, text: "The recording is not part of this page.")
    case .picture(let picture): self.picture = Media(title: "Picture", text: picture.alternative)
    }
    let isLast = part >= total
    next = Next(
      action: href + (isLast ? "/finish" : "/parts"), part: isLast ? nil : part + 1,
      label: isLast ? "Done" : isQuiet ? "Go on without" : "Next", isQuiet: isQuiet, path: isLast ? nil : walked)
  }
}

struct ScenarioScreen: Output {
  let opening: String
  let steps: [Step]
  let now: SafeHTML
  let choices: [Choice]
  let path: String?
  /// At an end: whether another way ends better.
  let hint: String?
  let againHref: String?

  struct Step: Output {
    let text: SafeHTML
    let chosen: String
  }

  struct Choice: Output {
    let text: String
    let href: String
  }

  init(_ scenario: Scenario, _ walk: ScenarioWalk, href: String) {
    opening = scenario.opening
    steps = walk.steps.compactMap { step in
      step.chosen.map { Step(text: SafeHTML(Markdown.html(step.node.text, headingShift: 1)), chosen: $0) }
    }
    now = SafeHTML(walk.last.map { Markdown.html($0.text, headingShift: 1) } ?? "")
    choices =
      walk.isOver
      ? []
      : (walk.last?.choices ?? []).enumerated().map { place, choice in
        Choice(text: choice.text, href: "\(href)&path=\(walk.path(choosing: place))")
      }
    path = walk.isOver ? walk.path : nil
    let best = scenario.nodes.compactMap(\.score).max()
    hint = walk.isOver && best != nil && (walk.last?.score ?? 0) < (best ?? 0) ? "Another way leads further. Try it if you like." : nil
    againHref = walk.steps.count > 1 ? "\(href)&path=again" : nil
  }
}

struct ReflectionScreen: Output {
  let prompt: String
  let written: String?
  let form: Form?

  init(_ reflection: LessonDocument.Reflection, _ lesson: Lesson, _ part: Int, answer: GivenAnswer?) {
    prompt = reflection.prompt
    written = answer?.texts.first
    let help = reflection.share == .nobody ? "Only you see it." : "Only you see it. It is worth bringing to your next session."
    form =
      written == nil
      ? Form(
        "/lessons/\(lesson.id)/answers", button: "Keep it", id: "reflection",
        [.hidden("part", "\(part)"), .area("text", "Your thoughts", help: help, rows: 5, max: 5000)]) : nil
  }
}
