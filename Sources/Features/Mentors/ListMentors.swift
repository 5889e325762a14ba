import Kit
import Store
import Web

/// The mentors of the organisation with their topics and next free hour, and what waits for the viewer.
struct ListMentors: UseCase {
  static let rules: [String: Rule] = ["skill": .text(0...80), "q": .text(0...80)]

  /// Word or id of a skill they offer.
  var skill: String?
  /// Beginning of a name.
  var q: String?
  var after: ID<Person>?
  /// `false` for a directory without the next free hours.
  var hours: Bool?

  init() {}

  static let rows = 30

  struct Page: Output {
    var ask: Form
    var requests: [ListRequests.RequestLine]
    var people: [Member]
    var mentors: [MentorLine]
    /// Whether the lines tell the next free hours.
    var showsHours: Bool
    var isEmpty: Bool
    var isFiltered: Bool
    var skill: Skill?
    var q: String?
    var nextHref: String?
  }

  struct MentorLine: DirectOutput, Hashable {
    var id: ID<Person>
    var name: String
    var title: String
    var department: String
    var role: String
    var initials: String
    var ground: Int
    var href: String
    var topics: [String]
    var next: Moment?
    /// "13:30 for Ravi" when their clock shows something else.
    var nextOther: String?

    init(_ listed: MentorList.Listed, next hour: HourChoice?) {
      id = listed.id
      name = listed.name
      title = listed.title
      department = listed.department
      role = Member.role(listed.title, listed.department)
      initials = Avatar.initials(listed.name)
      ground = Avatar.ground(listed.id)
      href = "/mentors/" + listed.id.description
      topics = OfferedTopics.names(listed.topics)
      next = hour?.moment
      nextOther = hour?.other
    }

    func write(to fields: inout DirectFields) {
      fields("id", id)
      fields("name", name)
      fields("title", title)
      fields("department", department)
      fields("role", role)
      fields("initials", initials)
      fields("ground", ground)
      fields("href", href)
      fields("topics", topics)
      fields("next", next)
      fields("next_other", nextOther)
    }
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let wanted = try skill.flatMap { try $0.trimmed.isEmpty ? nil : Skill.wanted($0.trimmed, tx) }
    let found = try MentorList.page(viewer, skill: wanted?.id, name: q?.trimmed ?? "", after: after, limit: ListMentors.rows + 1, tx)
    let shown = Array(found.prefix(ListMentors.rows))
    let isBrowsing = wanted == nil && (q ?? "").isEmpty && after == nil
    let asks = viewer.has(.mentor) && isBrowsing ? try Offer.pending(for: viewer.person, org: viewer.org, tx) : []
    return Page(
      ask: Form("/asks/drafts", button: "Ask for help", id: "ask", [.area("question", "What do you need help with?", rows: 3, max: 4000)]),
      requests: try RequestLines.make(Array(asks.prefix(5)), viewer, tx, world),
      people: isBrowsing ? try MentorList.met(viewer, tx) : [],
      mentors: hours == false ? MentorLines.plain(shown, tx) : try MentorLines.of(shown, viewer, tx, world),
      showsHours: hours != false, isEmpty: shown.isEmpty, isFiltered: !isBrowsing, skill: wanted, q: q,
      nextHref: found.count > ListMentors.rows ? shown.last.map { next($0.id, wanted) } : nil)
  }

  private func next(_ last: ID<Person>, _ skill: Skill?) -> String {
    let words = [
      ("after", last.description), ("q", q ?? ""), ("skill", skill.map { $0.slug ?? $0.id.description } ?? ""),
      ("hours", hours == false ? "false" : ""),
    ]
    return "/mentors?" + words.filter { !$0.1.isEmpty }.map { "\($0.0)=\(Query.escaped($0.1))" }.joined(separator: "&")
  }
}

/// Look-ups behind the list.
enum MentorList {
  /// What the list shows of a mentor.
  struct Listed: Hashable {
    let id: ID<Person>
    let name: String
    let title: String
    let department: String
    let zone: String
    /// What they know best, as `OfferedTopics` keeps it.
    let topics: String
    let timeVersion: Int64
    /// The viewer's own `timeVersion`.
    let ownVersion: Int64

    /// Whether the list says the same of them, but for their hours.
    func reads(like other: Listed) -> Bool {
      id == other.id && name == other.name && title == other.title && department == other.department && topics == other.topics
    }

    var time: KnownTimes.Wanted { .init(person: id, version: timeVersion, zone: zone) }

    static let columns: SQL = "person.id, person.name, person.title, person.department, person.zone, person.topics, person.time_version"
  }

  /// Active mentors other than the viewer by name, those who rest left out.
  static func page(
    _ viewer: Viewer, skill: ID<Skill>?, name: String, after: ID<Person>?, limit: Int, _ tx: Transaction
  ) throws -> [Listed] {
    var conditions: [SQL] = [
      "person.org_id = \(viewer.org)", Member.isActiveMentor, "person.id <> \(viewer.person)", "person.is_resting = 0",
      Block.leavesOut("person.id", of: viewer.person, org: viewer.org),
    ]
    if let skill {
      conditions.append(
        """
        EXISTS (SELECT 1 FROM person_skill WHERE person_skill.org_id = person.org_id AND person_skill.person_id = person.id
          AND person_skill.direction = 'offers' AND person_skill.skill_id = \(skill))
        """)
    }
    let beginning = name.folded.filter { $0 != "%" && $0 != "_" }
    if !beginning.isEmpty {
      let folded = tx.dialect.folded("person.name")
      conditions.append("(\(folded) LIKE \(beginning + "%") OR \(folded) LIKE \("% " + beginning + "%"))")
    }
    if let after {
      conditions.append(
        "(person.name, person.id) > (SELECT name, id FROM person WHERE org_id = \(viewer.org) AND id = \(after))")
    }
    return try tx.all(
      """
      SELECT \(Listed.columns), (SELECT own.time_version FROM person own WHERE own.org_id = \(viewer.org) AND own.id = \(viewer.person))
        AS own_version
      FROM person WHERE \(SQL.joined(conditions, by: " AND "))
      ORDER BY person.name, person.id LIMIT \(limit)
      """)
  }

  /// Mentors whom the viewer has met or will meet, the latest first. Sessions stand in that order already: nothing is sorted or grouped.
  static func met(_ viewer: Viewer, _ tx: Transaction) throws -> [Member] {
    let mentors: [ID<Person>] = try tx.values(
      """
      SELECT session.mentor_id FROM session
      JOIN person ON person.org_id = session.org_id AND person.id = session.mentor_id AND person.state = 'active'
      WHERE session.org_id = \(viewer.org) AND session.mentee_id = \(viewer.person) AND session.state IN ('booked', 'met', 'wrapped')
        AND \(Block.leavesOut("session.mentor_id", of: viewer.person, org: viewer.org))
      ORDER BY session.starts_at DESC
      """)
    var latest: [ID<Person>] = []
    for mentor in mentors where latest.count < 6 && !latest.contains(mentor) { latest.append(mentor) }
    let named = try Member.named(latest, org: viewer.org, tx)
    return latest.compactMap { named[$0] }
  }
}

extension MentorList.Listed: RowDecodable {
  init(row: Row) throws {
    id = try row("id")
    name = try row("name")
    title = try row("title")
    department = try row("department")
    zone = try row("zone")
    topics = try row("topics")
    timeVersion = try row("time_version")
    ownVersion = try row("own_version")
  }
}

extension Skill {
  /// The skill of a filter: its word or id, else the first whose name begins so; nil when there is none.
  static func wanted(_ text: String, _ tx: Transaction) throws -> Skill? {
    if let id = ID<Skill>(text), let skill = try find([id], tx).first { return skill }
    if let id = try slug(text, tx) { return try find([id], tx).first }
    return try search(text, limit: 1, tx).first
  }
}

/// Values in an address.
enum Query {
  static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        byte >= 48 && byte <= 57 || byte >= 65 && byte <= 90 || byte >= 97 && byte <= 122 || byte == 45 || byte == 46 || byte == 95
      return isPlain ? String(UnicodeScalar(byte)) : "%" + [byte].hex.uppercased()
    }.joined()
  }
}
