import Kit
import Matching
import Store
import Web

/// What the ranking knows of an ask before it looks at any mentor.
struct AskingSide {
  let ask: Ask
  let asker: Mentor
  let skills: [ID<Skill>]
  let wanted: [SkillNeed]
  let near: Set<ID<Skill>>
  let graph: SkillGraph
  /// Mentors who passed on it.
  let timesPassedOn: Int

  /// A constant number of statements.
  static func load(_ ask: Ask, _ tx: Transaction) throws -> AskingSide {
    let skills = try Ask.skills(of: ask.id, org: ask.org, tx)
    let neighbours = try SkillNeighbours.of(skills, tx)
    guard let asker = try Mentor.find(ask.asker, org: ask.org, tx) else { throw Problem.notFound }
    let own = try PersonSkills.of(ask.asker, org: ask.org, tx)
    let passed = try tx.count(
      "SELECT count(*) FROM offer WHERE org_id = \(ask.org) AND ask_id = \(ask.id) AND state = \(Offer.State.passed)")
    return AskingSide(
      ask: ask, asker: asker, skills: skills, wanted: skills.map { need($0, own) }, near: neighbours.near,
      graph: SkillGraph(edges: neighbours.edges), timesPassedOn: passed)
  }

  /// People say where they stand, not how far they want to go: help is sought for two levels more.
  private static func need(_ skill: ID<Skill>, _ own: PersonSkills) -> SkillNeed {
    let from = own.level(in: skill)
    return SkillNeed(skill: skill.value, from: from, target: min((from ?? 2) + 2, 5), uncertainty: from == nil ? 500 : 200)
  }

  var need: Need {
    let kind = ask.settings
    let others = asker.languages.filter { $0 != ask.language }
    return Need(
      asker: ask.asker.value, skills: wanted, kind: kind.rules, urgency: Matching.Urgency(rawValue: ask.urgency.rawValue) ?? .week,
      languages: kind.isWritten ? [ask.language] : [ask.language] + others, crossing: ask.wantsOtherDepartment ? .wished : .none,
      department: asker.departmentNumber, seniority: asker.seniority > 0 ? asker.seniority : nil, sessionMinutes: ask.minutes,
      timesPassedOn: timesPassedOn)
  }
}
