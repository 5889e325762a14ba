import Kit
import Store
import Web

/// Keeps what somebody began to write, until it is opened or thrown away. What is begun anew takes the place of nothing it does not name.
struct KeepDraft: UseCase {
  static let rules: [String: Rule] = [
    "question": .text(1...4000), "minutes": .one(of: [15, 30, 45, 60]), "situation": .one(of: Situation.all.map(\.id)),
    "kind": .one(of: AskKind.all.map(\.id)), "language": .text(2...12), "skills": .list(0...5),
  ]

  /// The draft that is gone on with; left out: another one.
  var ask: ID<Ask>?
  /// A draft that is thrown away to make room for another one.
  var instead: ID<Ask>?
  var question: String
  var situation: String?
  var urgency: Ask.Urgency?
  var commitment: Ask.Commitment?
  var minutes: Int?
  var kind: String?
  var language: String?
  var otherDepartment: Bool?
  var anonymous: Bool?
  var skills: [String]?
  var mentor: ID<Person>?

  init(question: String) { self.question = question }

  struct Result: Output { public var ask: ID<Ask> }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let member = try Member.find(viewer.person, for: viewer, tx)
    var input = OpenAsk(question: question)
    input.situation = situation
    input.urgency = urgency
    input.commitment = commitment
    input.minutes = minutes
    input.kind = kind
    input.language = language
    input.otherDepartment = otherDepartment
    input.anonymous = anonymous
    let words = AskWords(input, member: member)
    let wished = try mentor.map { try Member.find(meetable: $0, for: viewer, tx).id }
    let id: ID<Ask> = try draft(of: words.question, tx, viewer, world) ?? world.id()
    try tx.run(
      """
      INSERT INTO ask (org_id, id, asker_id, question, situation, kind, urgency, minutes, commitment, language, crossing, is_anonymous, state,
        created_at, wished_id, version)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(words.question), \(words.situation), \(words.kind), \(words.urgency), \(words.minutes),
        \(words.commitment), \(words.language), \(words.crossing), \(words.isAnonymous), \(Ask.State.draft), \(world.now()), \(wished), 1)
      ON CONFLICT (org_id, id) DO UPDATE SET question = excluded.question, situation = excluded.situation, kind = excluded.kind,
        urgency = excluded.urgency, minutes = excluded.minutes, commitment = excluded.commitment, language = excluded.language,
        crossing = excluded.crossing, is_anonymous = excluded.is_anonymous, wished_id = coalesce(excluded.wished_id, ask.wished_id), version = ask.version + 1
      """)
    try keepSkills(of: id, org: viewer.org, tx)
    try tx.record(viewer, "ask.drafted", id, [:], world)
    return Result(ask: id)
  }

  /// The draft that was named or has the same words; nil for words that begin another.
  private func draft(of question: String, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ID<Ask>? {
    if let ask, try Ask.find(ask, for: viewer, tx).state == .draft { return ask }
    var drafts = try Ask.drafts(of: viewer.person, org: viewer.org, tx)
    if let same = drafts.first(where: { $0.question == question }) { return same.id }
    if let place = drafts.firstIndex(where: { $0.id == instead }) {
      try WithdrawAsk.withdraw(drafts.remove(at: place).id, tx, viewer, world)
    }
    guard drafts.count < Ask.mostDrafts else {
      throw Problem.conflict(
        code: "too_many_drafts",
        detail: "\(counted(drafts.count, "ask")) of yours are begun and not finished. Finish one of them or throw one away.")
    }
    return nil
  }

  private func keepSkills(of id: ID<Ask>, org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run("DELETE FROM ask_skill WHERE org_id = \(org) AND ask_id = \(id)")
    guard let skills else { return }
    for (place, skill) in try Skill.resolve(skills, tx).enumerated() {
      try tx.run("INSERT INTO ask_skill (org_id, ask_id, skill_id, place) VALUES (\(org), \(id), \(skill), \(place))")
    }
  }
}
