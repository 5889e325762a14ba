import Kit
import Store
import Web

extension PersonSkills {
  /// The names of what each person offers, best known first and at most `most` of each, in two statements.
  static func topics(
    of persons: [ID<Person>], most: Int, org: ID<Organisation>, _ tx: Transaction
  ) throws -> [ID<Person>: [String]] {
    if persons.isEmpty { return [:] }
    // Levels alone come from an index; names are read once each, not once a person.
    let offers: [(person: ID<Person>, skill: ID<Skill>, level: Int)] = try tx.rows(
      """
      SELECT person_id, level, skill_id FROM person_skill
      WHERE org_id = \(org) AND direction = 'offers' AND person_id IN \(SQL.list(persons))
      """
    ).map { row in (try row("person_id"), try row("skill_id"), try row("level")) }
    var names: [ID<Skill>: String] = [:]
    for row in try tx.rows("SELECT id, label FROM skill WHERE id IN \(SQL.list(Array(Set(offers.map(\.skill)))))") {
      names[try row("id")] = try row("label") as String
    }
    return Dictionary(grouping: offers, by: \.person).mapValues { own in
      let topics = own.compactMap { offer in names[offer.skill].map { (level: offer.level, name: $0) } }
      return topics.sorted { ($1.level, $0.name) < ($0.level, $1.name) }.prefix(most).map(\.name)
    }
  }
}
