import Kit
import Store

/// The names of what somebody knows best, kept in the person's own row: a list of people reads them there, without a look at all that
/// each of them offers. Whoever changes an offer or the name of a skill calls `renew`; `tandem check` compares the two.
enum OfferedTopics {
  /// Names of one person.
  static let most = 4

  /// Reads the column `topics` of a person.
  static func read(_ row: Row) throws -> [String] { names(try row("topics")) }

  /// The names in such a text, best known first, a line each.
  static func names(_ text: String) -> [String] {
    var text = text
    return text.withUTF8 { $0.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) } }
  }

  /// Writes the topics of some people anew, in two statements for each five hundred.
  static func renew(_ persons: [ID<Person>], org: ID<Organisation>, _ tx: Transaction) throws {
    for start in stride(from: 0, to: persons.count, by: 500) {
      let some = Array(persons[start..<min(start + 500, persons.count)])
      let names = try present("s.org_id = \(org) AND s.person_id IN \(SQL.list(some))", tx)
      let rows = some.map { person in "(\(person), \(names[Owner(org: org, person: person)] ?? ""))" as SQL }
      try tx.run(
        """
        UPDATE person SET topics = wanted.column2 FROM (VALUES \(SQL.joined(rows, by: ", "))) AS wanted
        WHERE person.org_id = \(org) AND person.id = wanted.column1 AND person.topics <> wanted.column2
        """)
    }
  }

  /// Writes the topics of everybody who offers one of these skills, in all organisations: a skill has another name.
  static func renew(offering skills: [ID<Skill>], _ tx: Transaction) throws {
    for org in try organisations(tx) {
      try renew(
        try tx.values(
          """
          SELECT DISTINCT person_id FROM person_skill
          WHERE org_id = \(org) AND skill_id IN \(SQL.list(skills)) AND direction = 'offers' ORDER BY person_id
          """), org: org, tx)
    }
  }

  /// Writes everybody's, where there are none yet.
  static func fill(_ tx: Transaction) throws {
    for org in try organisations(tx) {
      try renew(
        try tx.values("SELECT DISTINCT person_id FROM person_skill WHERE org_id = \(org) AND direction = 'offers' ORDER BY person_id"),
        org: org, tx)
    }
  }

  private static func organisations(_ tx: Transaction) throws -> [ID<Organisation>] {
    try tx.values("SELECT id FROM organisation ORDER BY id")
  }

  /// How many people have topics that differ from what they offer.
  static func differences(_ tx: Transaction) throws -> Int {
    let wanted = try present("0 = 0", tx)
    var kept: [Owner: String] = [:]
    for row in try tx.rows("SELECT org_id, id AS person_id, topics FROM person WHERE topics <> ''") {
      kept[try Owner(row: row)] = try row("topics") as String
    }
    return Set(wanted.keys).union(kept.keys).count { wanted[$0] != kept[$0] }
  }

  private struct Owner: RowDecodable, Hashable {
    let org: ID<Organisation>
    let person: ID<Person>

    init(org: ID<Organisation>, person: ID<Person>) {
      self.org = org
      self.person = person
    }

    init(row: Row) throws {
      org = try row("org_id")
      person = try row("person_id")
    }
  }

  /// What they have to say. Names are put in order here, as the two engines sort letters differently.
  private static func present(_ condition: SQL, _ tx: Transaction) throws -> [Owner: String] {
    var offers: [Owner: [(level: Int, name: String)]] = [:]
    try tx.each(
      """
      SELECT s.org_id, s.person_id, s.level, skill.label FROM person_skill s JOIN skill ON skill.id = s.skill_id
      WHERE s.direction = 'offers' AND \(condition)
      """
    ) { row in offers[try Owner(row: row), default: []].append((try row("level"), try row("label"))) }
    return offers.mapValues { own in
      own.sorted { ($1.level, $0.name) < ($0.level, $1.name) }.prefix(most).map(\.name).joined(separator: "\n")
    }
  }
}
