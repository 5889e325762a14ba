import Kit
import Store
import Web

/// What a person offers help in, and what they want to learn. Both in the order of their labels; both levels say where they stand.
public struct PersonSkills: Output, Hashable {
  public var offers: [SkillLevel]
  public var seeks: [SkillLevel]

  public init(offers: [SkillLevel] = [], seeks: [SkillLevel] = []) {
    self.offers = offers
    self.seeks = seeks
  }

  /// Where the person stands in a skill; nil when they did not say.
  func level(in skill: ID<Skill>) -> Int? {
    (offers.first { $0.skill.id == skill } ?? seeks.first { $0.skill.id == skill })?.level
  }

  public static func of(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> PersonSkills {
    try of([person], org: org, tx)[person] ?? PersonSkills()
  }

  /// The skills of several people in one statement; everybody asked for has an entry.
  public static func of(_ persons: [ID<Person>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: PersonSkills] {
    if persons.isEmpty { return [:] }
    let rows = try tx.rows(
      """
      SELECT s.person_id, s.direction, s.level, \(Skill.columns) FROM person_skill s JOIN skill ON skill.id = s.skill_id
      WHERE s.org_id = \(org) AND s.person_id IN \(SQL.list(persons)) ORDER BY skill.label, skill.id
      """)
    var found = Dictionary(persons.map { ($0, PersonSkills()) }, uniquingKeysWith: { first, _ in first })
    for row in rows {
      let person: ID<Person> = try row("person_id")
      let level = SkillLevel(skill: try Skill(row: row), level: try row("level"))
      if try row("direction", as: String.self) == "offers" {
        found[person]?.offers.append(level)
      } else {
        found[person]?.seeks.append(level)
      }
    }
    return found
  }

  /// Replaces what a person offers and seeks, by level.
  public static func set(
    person: ID<Person>, org: ID<Organisation>, offers: [ID<Skill>: Int], seeks: [ID<Skill>: Int], by actor: ID<Person>?,
    origin: String = "command", _ tx: Transaction, _ world: World
  ) throws {
    let rows = [("offers", offers), ("seeks", seeks)].flatMap { direction, levels in
      levels.sorted { $0.key < $1.key }.map { skill, level in
        "(\(org), \(person), \(direction), \(skill), \(min(max(level, 1), 5)))" as SQL
      }
    }
    try tx.run("DELETE FROM person_skill WHERE org_id = \(org) AND person_id = \(person)")
    if !rows.isEmpty {
      try tx.run("INSERT INTO person_skill (org_id, person_id, direction, skill_id, level) VALUES \(SQL.joined(rows, by: ", "))")
    }
    try OfferedTopics.renew([person], org: org, tx)
    try tx.record(
      org: org, actor: actor, origin: origin, "person.skills_set", person, ["offers": "\(offers.count)", "seeks": "\(seeks.count)"], world)
  }
}
