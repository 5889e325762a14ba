import Kit
import Store
import Web

/// Opens an ask: from a draft, or in one step. From then on mentors may be ranked, booked and asked.
struct OpenAsk: UseCase {
  static let rules: [String: Rule] = [
    "question": .text(12...4000), "minutes": .one(of: [15, 30, 45, 60]), "kind": .one(of: AskKind.all.map(\.id)),
    "situation": .one(of: Situation.all.map(\.id)), "language": .text(2...12), "skills": .list(0...5),
  ]

  /// The draft it was prepared in.
  var ask: ID<Ask>?
  var question: String
  var situation: String?
  /// Left out: the recommended one.
  var kind: String?
  var urgency: Ask.Urgency?
  var commitment: Ask.Commitment?
  var minutes: Int?
  /// Ids or labels; left out: suggested from the text.
  var skills: [String]?
  var language: String?
  var otherDepartment: Bool?
  var anonymous: Bool?
  /// A mentor to be asked before others.
  var mentor: ID<Person>?

  init(question: String) { self.question = question }

  struct Result: Output {
    var ask: ID<Ask>
    var kind: String
    var skills: [Skill]
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    try open(tx, viewer, world, most: Limits().openAsks)
  }

  /// - Parameter most: asks of one person that may be open at a time.
  func open(_ tx: Transaction, _ viewer: Viewer, _ world: World, most: Int) throws -> Result {
    guard try Ask.openCount(of: viewer.person, org: viewer.org, tx) < most else {
      throw Problem.conflict(
        code: "too_many_asks", detail: "\(counted(most, "ask")) of yours are open. Withdraw one of them, or wait until one is booked.")
    }
    let member = try Member.find(viewer.person, for: viewer, tx)
    let words = AskWords(self, member: member)
    let wished = try mentor.map { try Member.find(meetable: $0, for: viewer, tx).id }
    let chosen = try words.chosenSkills(tx)
    let now = world.now()
    let kind = AskKind.named(words.kind)
    let id: ID<Ask> = try draft(viewer, tx) ?? world.id()
    try tx.run("DELETE FROM ask_skill WHERE org_id = \(viewer.org) AND ask_id = \(id)")
    try tx.run(
      """
      INSERT INTO ask (org_id, id, asker_id, question, situation, kind, urgency, minutes, commitment, language, crossing, is_anonymous, state,
        created_at, opened_at, expires_at, wished_id, version)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(words.question), \(words.situation), \(words.kind), \(words.urgency),
        \(kind.isWritten ? 0 : words.minutes), \(words.commitment), \(words.language), \(words.crossing), \(words.isAnonymous),
        \(Ask.State.open), \(now), \(now), \(now + .days(kind.expiryDays)), \(wished), 1)
      ON CONFLICT (org_id, id) DO UPDATE SET question = excluded.question, situation = excluded.situation, kind = excluded.kind,
        urgency = excluded.urgency, minutes = excluded.minutes, commitment = excluded.commitment, language = excluded.language,
        crossing = excluded.crossing, is_anonymous = excluded.is_anonymous, state = excluded.state, opened_at = excluded.opened_at,
        expires_at = excluded.expires_at, wished_id = coalesce(excluded.wished_id, ask.wished_id), version = ask.version + 1
      """)
    for (place, skill) in chosen.enumerated() {
      try tx.run("INSERT INTO ask_skill (org_id, ask_id, skill_id, place) VALUES (\(viewer.org), \(id), \(skill.id), \(place))")
    }
    try tx.enqueue(ExpireAsk(ask: id), for: viewer.org, key: "\(id)", at: now + .days(kind.expiryDays), world)
    try tx.record(viewer, "ask.opened", id, ["kind": words.kind, "urgency": words.urgency.rawValue], world)
    return Result(ask: id, kind: words.kind, skills: chosen)
  }

  private func draft(_ viewer: Viewer, _ tx: Transaction) throws -> ID<Ask>? {
    guard let ask else { return nil }
    let draft = try Ask.find(ask, for: viewer, tx)
    guard draft.state == .draft else { throw draft.state.refusal }
    return draft.id
  }
}

/// What was chosen for an ask, with what follows from it where nothing was.
struct AskWords {
  let question: String
  let situation: String?
  let urgency: Ask.Urgency
  let commitment: Ask.Commitment
  let minutes: Int
  let kind: String
  let language: String
  let crossing: String
  let isAnonymous: Bool
  private let named: [String]?

  init(_ input: OpenAsk, member: Member) {
    let known = Situation.named(input.situation)
    question = input.question.trimmed
    situation = known?.id
    urgency = input.urgency ?? .week
    commitment = input.commitment ?? .once
    minutes = input.minutes ?? known?.minutes ?? 30
    kind =
      input.kind
      ?? KindAdvice.recommend(urgency: urgency, commitment: commitment, minutes: minutes, situation: known, question: question).kind
    language = input.language ?? member.languages.first ?? "en"
    crossing = input.otherDepartment == true ? "wished" : "none"
    isAnonymous = input.anonymous == true
    named = input.skills
  }

  /// The skills named, else those of the situation and of the text.
  func chosenSkills(_ tx: Transaction) throws -> [Skill] {
    let ids: [ID<Skill>]
    if let named, !named.isEmpty {
      ids = try Skill.resolve(named, tx)
    } else {
      ids = try SkillGuess.skills(question: question, situation: situation, tx).map(\.id)
    }
    let known = try Skill.named(ids, tx)
    return ids.compactMap { known[$0] }
  }
}

/// Skills an ask probably needs.
enum SkillGuess {
  static let most = 4

  /// The first skills of the situation somebody chose, then those their words speak of.
  static func skills(question: String, situation: String?, _ tx: Transaction) throws -> [Skill] {
    let slugs = (Situation.named(situation)?.skills ?? []).prefix(2)
    let bySlug = try Skill.slugs(Array(slugs), tx)
    let known = try Skill.named(Array(bySlug.values), tx)
    var found = slugs.compactMap { bySlug[$0].flatMap { known[$0] } }
    for skill in try Skill.suggest(from: question, limit: 3, tx) where !found.contains(where: { $0.id == skill.id }) { found.append(skill) }
    return Array(found.prefix(most))
  }
}
