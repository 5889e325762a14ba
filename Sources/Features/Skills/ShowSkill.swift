import Kit
import Store
import Web

/// One skill: what it is, who helps with it, and where it is needed.
struct ShowSkill: UseCase {
  static let rules: [String: Rule] = ["skill": .text(1...80)]
  private static let mostMentors = 24
  private static let mostOccupations = 12

  var skill: String

  struct Page: Output {
    struct Mentor: Output {
      let member: Member
      let href: String
      let level: Int
      let detail: String
    }

    struct Own: Output {
      let offers: String?
      let seeks: String?
    }

    let skill: Skill
    let description: String
    let alternatives: [String]
    let topic: String
    let source: String
    let mentors: [Mentor]
    let hasNoMentor: Bool
    let own: Own?
    let tracks: [SkillLessons.TrackLink]
    let lessons: [LessonSummary]
    let occupations: [String]
    let form: Form
    let back: Form.Link
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let skill = try Skill.named(in: self.skill, tx)
    guard let row = try tx.row("SELECT alternatives, topic, description, source FROM skill WHERE id = \(skill.id)") else {
      throw Problem.notFound
    }
    let mentors = try mentors(skill, viewer, tx)
    let isStarter = try row("source", as: String.self) == "starter"
    return Page(
      skill: skill, description: try row("description"),
      alternatives: try row("alternatives", as: String.self).split(separator: "\n").map(String.init), topic: try row("topic"),
      source: isStarter ? "Ships with Tandem" : "ESCO, the European classification of skills and occupations", mentors: mentors,
      hasNoMentor: mentors.isEmpty, own: try own(skill, viewer, tx),
      tracks: try SkillLessons.tracks(skill.id, viewer, tx), lessons: try SkillLessons.lessons(skill.id, viewer, tx),
      occupations: try occupations(skill, tx), form: AddSkill.form(skill),
      back: Form.Link("Skills", "/skills"))
  }

  private func mentors(_ skill: Skill, _ viewer: Viewer, _ tx: Transaction) throws -> [Page.Mentor] {
    let mentor = Roles.mentor.rawValue
    return try tx.rows(
      """
      SELECT \(Member.columns), s.level FROM person_skill s JOIN person ON person.org_id = s.org_id AND person.id = s.person_id
      WHERE s.org_id = \(viewer.org) AND s.skill_id = \(skill.id) AND s.direction = 'offers' AND person.state = 'active'
        AND (person.roles / \(mentor)) % 2 = 1 AND \(Block.leavesOut("person.id", of: viewer.person, org: viewer.org))
      ORDER BY s.level DESC, person.name, person.id LIMIT \(ShowSkill.mostMentors)
      """
    ).map { row in
      let member = try Member(row: row)
      let level: Int = try row("level")
      let detail = [member.title, SkillLevel.words(level)].filter { !$0.isEmpty }.joined(separator: " · ")
      return Page.Mentor(member: member, href: "/mentors/\(member.id)", level: level, detail: detail)
    }
  }

  private func own(_ skill: Skill, _ viewer: Viewer, _ tx: Transaction) throws -> Page.Own? {
    let rows = try tx.rows(
      """
      SELECT direction, level FROM person_skill
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND skill_id = \(skill.id)
      """)
    var words: [String: String] = [:]
    for row in rows { words[try row("direction")] = SkillLevel.words(try row("level")) }
    return words.isEmpty ? nil : Page.Own(offers: words["offers"], seeks: words["seeks"])
  }

  private func occupations(_ skill: Skill, _ tx: Transaction) throws -> [String] {
    try tx.values(
      """
      SELECT o.label FROM occupation_skill os JOIN occupation o ON o.id = os.occupation_id
      WHERE os.skill_id = \(skill.id) ORDER BY os.relation, o.folded LIMIT \(ShowSkill.mostOccupations)
      """)
  }
}
