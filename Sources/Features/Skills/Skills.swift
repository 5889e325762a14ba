import Kit
import Store
import Web

/// The catalogue of skills, and who offers and seeks which.
extension Feature {
  static let skills = Feature(
    "Skills",
    endpoints: [],
    migrations: SkillTables.migrations,
    personalData: [
      PersonalColumn("skill", ["id", "uri", "label", "alternatives", "topic", "description", "source"], .none, .keep),
      PersonalColumn("skill_phrase", ["phrase", "skill_id", "shelf", "stems"], .none, .keep),
      PersonalColumn("skill_word", ["word", "skill_id", "rank"], .none, .keep),
      PersonalColumn("occupation", ["id", "uri", "label", "folded", "alternatives", "isco", "description"], .none, .keep),
      PersonalColumn("occupation_skill", ["occupation_id", "skill_id", "relation"], .none, .keep),
      PersonalColumn("person_skill", ["org_id", "person_id", "skill_id"], .none, .delete),
      PersonalColumn("person_skill", ["direction", "level"], .content, .delete),
    ]
  )
}
