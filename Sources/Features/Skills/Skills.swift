import Jobs
import Kit
import Store
import Web

/// The catalogue of skills, and who offers and seeks which.
extension Feature {
  static let skills = Feature(
    "Skills",
    endpoints: [
      .page("/skills", ListSkills.self, "skills/index", "Find a skill"),
      .page("/skills/search", ListSkills.self, "skills/index", "Search skills as somebody types"),
      .page("/skills/:skill", ShowSkill.self, "skills/show", "Show a skill"),
      .act(.post, "/skills/:skill/add", AddSkill.self, "Add a skill to one's own", form: "/skills/:skill") {
        Destination($0.href, say: "\($0.label) is among your skills.")
      },
      .page("/admin/skills", ShowSkillImports.self, allow: .admin, "skills/imports", "Show imports of skills"),
      .act(.post, "/admin/skills", StartSkillImport.self, allow: .admin, "Import the ESCO classification", form: "/admin/skills") { _ in
        Destination("/admin/skills", say: "The import has started.")
      }.with { $0.takesFiles = true },
    ],
    migrations: SkillTables.migrations,
    jobs: { _ in [JobHandler(ImportSkills.self) { job, run in try await job.run(run) }] },
    checks: [
      Check("skill without a name it is found by", remedy: "Import the skills again: tandem import esco FOLDER.") { tx in
        try tx.count("SELECT count(*) FROM skill WHERE NOT EXISTS (SELECT 1 FROM skill_phrase p WHERE p.skill_id = skill.id)")
      },
      Check("topics of a person differ from what they offer", remedy: "Have them save their skills under You.", OfferedTopics.differences),
    ],
    personalData: [
      PersonalColumn("skill", ["id", "uri", "label", "alternatives", "topic", "description", "source"], .none, .keep),
      PersonalColumn("skill_phrase", ["phrase", "skill_id", "shelf", "stems"], .none, .keep),
      PersonalColumn("skill_word", ["word", "skill_id", "rank"], .none, .keep),
      PersonalColumn("occupation", ["id", "uri", "label", "folded", "alternatives", "isco", "description"], .none, .keep),
      PersonalColumn("occupation_skill", ["occupation_id", "skill_id", "relation"], .none, .keep),
      PersonalColumn("person_skill", ["org_id", "person_id", "skill_id"], .none, .delete),
      PersonalColumn("person_skill", ["direction", "level"], .content, .delete),
      PersonalColumn("person", ["topics"], .content, .delete),
      PersonalColumn("skill_import", ["org_id", "id", "started_at", "state", "report", "failure", "finished_at"], .none, .keep),
      PersonalColumn("skill_import", ["started_by"], .none, .pseudonymise),
      PersonalColumn("skill_import_file", ["org_id", "import_id", "part", "content"], .none, .keep),
    ]
  )
}
