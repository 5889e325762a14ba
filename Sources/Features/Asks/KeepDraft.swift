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
    let wished = try mentor.map { try Member.find(meetable: $0, for: viewer, tx).id }
    let kept = try draft(of: question.trimmed, tx, viewer, world)
    let words = AskWords(input(over: kept), member: member)
    let id: ID<Ask> = kept?.id ?? world.id()
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
    if skills != nil || kept?.question != words.question { try keepSkills(of: id, org: viewer.org, tx) }
    try tx.record(viewer, "ask.drafted", id, [:], world)
    return Result(ask: id)
  }

  /// What is not said stays as the draft has it, above all that it is without a name; what follows from the words follows from new ones.
  private func input(over kept: Ask?) -> OpenAsk {
    let isSame = kept?.question == question.trimmed && (situation == nil || kept?.situation == situation)
    var input = OpenAsk(question: question)
    input.situation = situation ?? (isSame ? kept?.situation : nil)
    input.urgency = urgency ?? kept?.urgency
    input.commitment = commitment ?? kept?.commitment
    input.minutes = minutes ?? (isSame ? kept?.minutes : nil)
    input.kind = kind ?? (isSame ? kept?.kind : nil)
    input.language = language ?? kept?.language
    input.otherDepartment = otherDepartment ?? kept?.wantsOtherDepartment
    input.anonymous = anonymous ?? kept?.isAnonymous
    return input
  }

  /// The draft that was named or has the same words; nil for words that begin another.
  private func draft(of question: String, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Ask? {
    if let ask {
      let named = try Ask.find(ask, for: viewer, tx)
      if named.state == .draft { return named }
    }
    var drafts = try Ask.drafts(of: viewer.person, org: viewer.org, tx)
    if let same = drafts.first(where: { $0.question == question }) { return same }
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
