import Kit
import Store
import Web

/// What somebody wants help with. Only the asker sees it whole; mentors see it through an `Offer`.
struct Ask: Sendable, RowDecodable {
  enum Urgency: String, Choice, Bindable { case now, week, later }
  /// How long somebody wishes to be helped.
  enum Commitment: String, Choice, Bindable { case once, few, months }

  let id: ID<Ask>
  let org: ID<Organisation>
  let asker: ID<Person>
  let question: String
  let situation: String?
  /// Id of an `AskKind`.
  let kind: String
  let urgency: Urgency
  let minutes: Int
  let commitment: Commitment
  /// BCP 47 tag in which help is wanted.
  let language: String
  let wantsOtherDepartment: Bool
  let isAnonymous: Bool
  let state: State
  let createdAt: Instant
  let openedAt: Instant?
  let expiresAt: Instant?
  let session: Int64?
  /// The written answer of a kind without a meeting.
  let answer: String?
  /// A mentor the asker had in mind when they began.
  let wished: ID<Person>?

  static let columns: SQL = """
    ask.id, ask.org_id, ask.asker_id, ask.question, ask.situation, ask.kind, ask.urgency, ask.minutes, ask.commitment, ask.language,
    ask.crossing, ask.is_anonymous, ask.state, ask.created_at, ask.opened_at, ask.expires_at, ask.session_id, ask.answer, ask.wished_id
    """

  init(row: Row) throws {
    id = try row("id")
    org = try row("org_id")
    asker = try row("asker_id")
    question = try row("question")
    situation = try row.optional("situation")
    kind = try row("kind")
    urgency = try row("urgency")
    minutes = try row("minutes")
    commitment = try row("commitment")
    language = try row("language")
    wantsOtherDepartment = try row("crossing", as: String.self) == "wished"
    isAnonymous = try row("is_anonymous")
    state = try row("state")
    createdAt = try row("created_at")
    openedAt = try row.optional("opened_at")
    expiresAt = try row.optional("expires_at")
    session = try row.optional("session_id")
    answer = try row.optional("answer")
    wished = try row.optional("wished_id")
  }

  /// The kind with its defaults.
  var settings: AskKind { AskKind.named(kind) }

  /// The viewer's own ask; anybody else's answers like none.
  static func find(_ id: ID<Ask>, for viewer: Viewer, _ tx: Transaction) throws -> Ask {
    guard let ask = try find(id, org: viewer.org, tx), ask.asker == viewer.person else { throw Problem.notFound }
    return ask
  }

  /// Any ask of an organisation, for jobs and for mentors to whom it was offered.
  static func find(_ id: ID<Ask>, org: ID<Organisation>, _ tx: Transaction) throws -> Ask? {
    try tx.first("SELECT \(columns) FROM ask WHERE org_id = \(org) AND id = \(id)")
  }

  /// The asks of a person without the drafts, newest first.
  static func all(of person: ID<Person>, org: ID<Organisation>, before: ID<Ask>?, limit: Int, _ tx: Transaction) throws -> [Ask] {
    try tx.all(
      """
      SELECT \(columns) FROM ask WHERE org_id = \(org) AND asker_id = \(person) AND state <> \("draft") AND id < \(before?.value ?? .max)
      ORDER BY id DESC LIMIT \(limit)
      """)
  }

  /// How many asks of a person wait for help.
  static func openCount(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> Int {
    try tx.count(
      "SELECT count(*) FROM ask WHERE org_id = \(org) AND asker_id = \(person) AND state IN \(SQL.list(State.waiting))")
  }

  /// The needed skills in the order of their weight.
  static func skills(of id: ID<Ask>, org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Skill>] {
    try tx.values("SELECT skill_id FROM ask_skill WHERE org_id = \(org) AND ask_id = \(id) ORDER BY place")
  }
}
