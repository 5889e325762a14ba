import Kit
import Store
import Web

/// What a person does with a skill: help others with it, or learn it.
public enum SkillDirection: String, Choice, Bindable {
  case offers, seeks
}

/// Adds one skill to the viewer's own, or changes its level.
struct AddSkill: UseCase {
  static let rules: [String: Rule] = ["skill": .text(1...80), "level": .number(1...5)]

  var skill: String
  var direction: SkillDirection
  var level: Int

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Skill {
    let skill = try Skill.named(in: self.skill, tx)
    let others = try tx.count(
      """
      SELECT count(*) FROM person_skill WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND direction = \(direction)
        AND skill_id <> \(skill.id)
      """)
    if others >= PersonSkills.most { throw Problem.invalid("", PersonSkills.tooMany) }
    try tx.run(
      """
      INSERT INTO person_skill (org_id, person_id, direction, skill_id, level)
      VALUES (\(viewer.org), \(viewer.person), \(direction), \(skill.id), \(level))
      ON CONFLICT (org_id, person_id, direction, skill_id) DO UPDATE SET level = excluded.level
      """)
    if direction == .offers { try OfferedTopics.renew([viewer.person], org: viewer.org, tx) }
    try tx.record(viewer, "person.skills_set", viewer.person, ["direction": direction.rawValue, "added": "1"], world)
    return skill
  }

  static func form(_ skill: Skill) -> Form {
    Form(
      "\(skill.href)/add", button: "Add to my skills",
      [
        .choose(
          .chips, "direction", "What do you want to do?",
          [Form.Option("seeks", "Learn it", chosen: true), Form.Option("offers", "Help others with it")]),
        .choose(.select, "level", "Where are you now?", SkillLevel.options(chosen: 2)),
      ])
  }
}

extension SkillLevel {
  /// The five levels as options of a form.
  static func options(chosen: Int) -> [Form.Option] {
    names.enumerated().map { place, name in Form.Option("\(place + 1)", "\(place + 1) · \(name)", chosen: place + 1 == chosen) }
  }
}

extension PersonSkills {
  /// Skills of one direction: more say less.
  static let most = 50
  static let tooMany = "Fifty skills are the most. Take one out first."
}
