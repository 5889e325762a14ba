import Kit
import Store
import Web

/// The second page of an ask: what would make the question clearer, and how soon, how long and what kind of help.
struct ShowDraft: UseCase {
  var ask: ID<Ask>
  // What was chosen in a form that was refused.
  var skills: [String]?

  init(ask: ID<Ask>) { self.ask = ask }

  struct Page: Output {
    var ask: ID<Ask>
    var advice: [String]
    var hints: [String]
    var isClear: Bool
    var kindWhy: String
    var form: Form
    /// The viewer's other drafts.
    var drafts: [DraftLine]
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let ask = try Ask.find(ask, for: viewer, tx)
    guard ask.state == .draft else { throw ask.state.refusal }
    let member = try Member.find(viewer.person, for: viewer, tx)
    let situation = Situation.named(ask.situation)
    let kept = try Ask.skills(of: ask.id, org: viewer.org, tx)
    let saved =
      kept.isEmpty
      ? try SkillGuess.skills(question: ask.question, situation: ask.situation, tx)
      : try Skill.named(kept, tx).values.sorted { $0.label < $1.label }
    let advised = KindAdvice.recommend(
      urgency: ask.urgency, commitment: ask.commitment, minutes: ask.minutes, situation: situation, question: ask.question)
    let advice = QuestionCoach.advice(for: ask.question, language: ask.language)
    return Page(
      ask: ask.id, advice: advice.prefix(4).map(\.advice), hints: situation?.coaching ?? [], isClear: advice.isEmpty, kindWhy: advised.why,
      form: DraftForm(ask: ask, member: member, skills: try PickedSkills(saved, typed: skills, tx), advised: advised).form,
      drafts: try Ask.otherDrafts(than: ask.id, tx, viewer, world))
  }
}

/// The form in which an ask is finished.
struct DraftForm {
  let ask: Ask
  let member: Member
  let skills: PickedSkills
  let advised: KindAdvice

  var form: Form {
    var fields: [Form.Field] = [
      .area("question", "Your question", value: ask.question, rows: 6, max: 4000),
      .choose(
        .chips, "urgency", "How soon?",
        [option(.now, "Today"), option(.week, "This week"), option(.later, "Later")]),
      .choose(
        .chips, "commitment", "How much help?",
        [option(.once, "One meeting"), option(.few, "A few meetings"), option(.months, "A few months")]),
      .choose(
        .chips, "minutes", "How long is one meeting?",
        [15, 30, 45, 60].map { Form.Option("\($0)", "\($0) min", chosen: $0 == ask.minutes) }),
      .skills(
        "skills", "Skills it is about", skills, help: "Found in your words. Take out what does not fit, or add up to five.", optional: true),
      .choose(.select, "kind", "Kind of mentoring", kinds, help: advised.why, optional: true),
    ]
    if member.languages.count > 1 {
      fields.append(
        .choose(
          .chips, "language", "Language", member.languages.map { Form.Option($0, LanguageNames.english($0), chosen: $0 == ask.language) }))
    }
    if let situation = ask.situation { fields.append(.hidden("situation", situation)) }
    fields.append(
      .checkbox("other_department", "Somebody outside my department", checked: ask.wantsOtherDepartment, help: "A wish, not a condition."))
    fields.append(
      .checkbox(
        "anonymous", "Without my name until somebody accepts", checked: ask.isAnonymous,
        help: "Mentors read your question, not who you are."))
    return Form("/asks/\(ask.id)/opening", button: "Find mentors", id: "draft", fields)
  }

  private var kinds: [Form.Option] {
    let recommended = AskKind.named(advised.kind)
    return [Form.Option("", "\(recommended.title): \(recommended.sentence) (fits best)", chosen: true)]
      + AskKind.all.filter { $0.id != advised.kind }.map { Form.Option($0.id, "\($0.title): \($0.sentence)") }
  }

  private func option(_ urgency: Ask.Urgency, _ label: String) -> Form.Option {
    Form.Option(urgency.rawValue, label, chosen: urgency == ask.urgency)
  }

  private func option(_ commitment: Ask.Commitment, _ label: String) -> Form.Option {
    Form.Option(commitment.rawValue, label, chosen: commitment == ask.commitment)
  }
}
