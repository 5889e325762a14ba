import Kit
import Scheduling
import Store
import Web

/// What was used at work: to confirm for others, one's own, and the steps that followed.
struct ListApplications: UseCase {
  struct Entry: Output {
    var href: String
    var what: String
    var place: String
    var skill: String
    var day: String
    var state: Application.State
    var words: String
    var chip: String
    /// Whose it is, for those to confirm; who was asked, for one's own.
    var who: String?
  }

  struct Step: Output {
    var kind: String
    var words: String
    var day: String
  }

  struct Page: Output {
    var toConfirm: [Entry]
    var mine: [Entry]
    var steps: [Step]
    var empty: Empty?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let toConfirm = try Application.toConfirm(viewer, limit: 50, tx)
    let mine = try Application.list(of: viewer.person, org: viewer.org, limit: 100, tx)
    let people = try Member.named(toConfirm.map(\.person) + mine.compactMap(\.asked), org: viewer.org, tx)
    let steps = try tx.rows(
      """
      SELECT kind, words, happened_on FROM advancement WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)
      ORDER BY happened_on DESC, id DESC LIMIT 20
      """)
    return Page(
      toConfirm: toConfirm.map { Entry($0, who: people[$0.person]?.name) },
      mine: mine.map { Entry($0, who: $0.asked.flatMap { people[$0]?.name }) },
      steps: try steps.map { row in
        Step(
          kind: try row("kind", as: Advancement.Kind.self).words, words: try row("words"),
          day: CivilDate(try row("happened_on", as: String.self)).map(DisplayTime.dayAndYear) ?? "")
      },
      empty: mine.isEmpty
        ? Empty(
          title: "Where did you use it?",
          text: "When something you learned helps at work, write down what, where and when. It counts once somebody else confirms it.",
          drawing: .goals, "Note one use", "/applications/new") : nil)
  }
}

extension ListApplications.Entry {
  init(_ application: Application, who: String?) {
    href = application.href
    what = application.what
    place = application.place
    skill = application.skill.label
    day = DisplayTime.day(application.usedOn)
    state = application.state
    words = application.state.words
    chip = application.state.chip
    self.who = who
  }
}

/// The form for evidence.
struct NewApplication: UseCase {
  var goal: ID<Goal>?
  var skill: String?

  struct Page: Output {
    var form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let goals = try Goals.open(viewer.person, org: viewer.org, tx)
    let gaps = try GoalGap.of(goals.map(\.id), org: viewer.org, tx)
    let chosen = goal.flatMap { gaps[$0]?.first?.skill.label } ?? skill?.replacing("-", with: " ")
    let confirmer = try tx.value(
      """
      SELECT m.email FROM person p JOIN person m ON m.org_id = p.org_id AND m.id = p.manager_id AND m.state = 'active'
      WHERE p.org_id = \(viewer.org) AND p.id = \(viewer.person)
      """, as: String.self)
    var fields: [Form.Field] = [
      .area(
        "what", "What did you use, and what came of it?",
        help: "“I opened with the question, not the slides. They decided in ten minutes.”", rows: 3, max: 500),
      .text("place", "Where?", help: "A project, a meeting, a customer.", max: 160),
      .text("used_on", "When?", value: viewer.today(world).description, type: "date"),
      .text("skill", "Which skill?", value: chosen, max: 200),
      .text(
        "confirmer", "Who saw it?", value: confirmer,
        help: "Full name or address of a colleague. They get one mail and confirm with one tap.",
        optional: true, max: 254),
    ]
    if !goals.isEmpty {
      fields.append(
        .choose(
          .select, "goal", "For which goal?",
          [Form.Option("", "None", chosen: goal == nil)] + goals.map { Form.Option($0.id.description, $0.title, chosen: $0.id == goal) },
          optional: true))
    }
    return Page(form: Form("/applications", button: "Note it", cancel: Form.Link("Back", "/applications"), fields))
  }
}

/// One piece of evidence, as its author or whoever was asked sees it.
struct ShowApplication: UseCase {
  var application: ID<Application>

  struct Page: Output {
    var application: ListApplications.Entry
    var author: Member
    var isMine: Bool
    var asked: String?
    var decidedBy: String?
    var confirm: Form?
    var decline: Form?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let found = try Application.find(application, for: viewer, tx)
    let people = try Member.named([found.person] + [found.asked, found.decidedBy].compactMap { $0 }, org: viewer.org, tx)
    guard let author = people[found.person] else { throw Problem.notFound }
    let decides = found.person != viewer.person && found.state == .asked
    let decline = Form("\(found.href)/decline", button: "I cannot confirm it", id: "decline", [])
    return Page(
      application: ListApplications.Entry(found, who: author.name), author: author, isMine: found.person == viewer.person,
      asked: found.asked.flatMap { people[$0]?.name }, decidedBy: found.decidedBy.flatMap { people[$0]?.name },
      confirm: decides ? Form("\(found.href)/confirm", button: "Confirm it", id: "confirm", []) : nil, decline: decides ? decline : nil)
  }
}

/// The form for a step in one's work.
struct NewAdvancement: UseCase {
  // What was chosen in a form that was refused.
  var skills: [String]?

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> NewApplication.Page {
    let picked = try PickedSkills([], typed: skills, tx)
    return NewApplication.Page(
      form: Form(
        "/advancement", button: "Record it", cancel: Form.Link("Back", "/applications"),
        [
          .choose(
            .radio, "kind", "What changed?",
            Advancement.Kind.allCases.map { Form.Option($0.rawValue, $0.words, chosen: $0 == .role) }),
          .text("words", "In your words", help: "“Team lead, plant 2”. No sums of money.", max: 160),
          .text("happened_on", "Since when?", value: viewer.today(world).description, type: "date"),
          .skills("skills", "Skills that carried it", picked, help: "It counts for the programs that taught them.", optional: true),
        ]))
  }
}
