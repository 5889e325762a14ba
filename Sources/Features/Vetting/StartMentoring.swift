import Kit
import Scheduling
import Store
import Web

/// A new mentor's two minutes: topics, a line about oneself, hours, how often.
struct StartMentoring: UseCase {
  static let rules: [String: Rule] = ["bio": .text(0...2000), "sessions_a_week": .number(1...10)]
  /// Length of an ordinary session.
  static let minutes = 30

  var topics: [String]
  var bio: String?
  /// Left out, the hours stay as they are.
  var preset: UsePreset.Preset?
  var sessionsAWeek: Int

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ShowStart.Page {
    let skills = try Skill.resolve(topics, field: "topics", tx)
    guard !skills.isEmpty else { throw Problem.invalid("topics", "Name at least one topic, such as negotiation.") }
    guard skills.count <= 8 else { throw Problem.invalid("topics", "Eight topics are the most; three say more.") }
    let before = try PersonSkills.of(viewer.person, org: viewer.org, tx)
    var offers = Dictionary(before.offers.map { ($0.skill.id, $0.level) }, uniquingKeysWith: { first, _ in first })
    for skill in skills where offers[skill] == nil { offers[skill] = 4 }
    for level in before.offers where !skills.contains(level.skill.id) { offers[level.skill.id] = nil }
    try PersonSkills.set(
      person: viewer.person, org: viewer.org, offers: offers,
      seeks: Dictionary(before.seeks.map { ($0.skill.id, $0.level) }, uniquingKeysWith: { first, _ in first }), by: viewer.person,
      origin: viewer.origin.word, tx, world)
    try tx.run(
      "UPDATE person SET bio = \((bio ?? "").trimmed), version = version + 1 WHERE org_id = \(viewer.org) AND id = \(viewer.person)")
    if let preset { _ = try UsePreset(preset: preset)(tx, viewer, world) }
    try AvailabilityRules.limit(viewer.person, org: viewer.org, weeklyMinutes: sessionsAWeek * StartMentoring.minutes, tx, world)
    try tx.record(viewer, "mentor.started", viewer.person, [:], world)
    return try ShowStart()(tx, viewer, world)
  }
}

/// The page of those two minutes, with the card as others will see it.
struct ShowStart: UseCase {
  // What was chosen in a form that was refused.
  var topics: [String]?

  struct Page: Output {
    let member: Member
    let topicList: [String]
    let bio: String
    let isReady: Bool
    let href: String
    let form: Form
    let back: Form.Link
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let member = try Member.find(viewer.person, for: viewer, tx)
    let profile = try Profile.of(viewer, tx)
    let offers = try PersonSkills.of(viewer.person, org: viewer.org, tx).offers.map(\.skill)
    let rules = try AvailabilityRules.of(viewer.person, org: viewer.org, tx)
    return Page(
      member: member, topicList: offers.map(\.label), bio: profile.bio, isReady: !offers.isEmpty, href: "/mentors/\(viewer.person)",
      form: ShowStart.form(
        try PickedSkills(offers, typed: topics, tx), profile.bio, hasHours: !rules.weekly.isEmpty,
        sessions: (rules.weeklyMinutes ?? 60) / StartMentoring.minutes),
      back: Form.Link("You", "/you"))
  }

  private static func form(_ topics: PickedSkills, _ bio: String, hasHours: Bool, sessions: Int) -> Form {
    var presets = [
      Form.Option("lunch", "Lunch hours", help: "Monday to Friday, 12:00 to 13:00", chosen: !hasHours),
      Form.Option("friday", "Friday afternoon", help: "13:00 to 17:00"),
      Form.Option("asked", "Only when asked", help: "No fixed hours"),
    ]
    if hasHours { presets.insert(Form.Option("", "As they are", help: "Keep your hours", chosen: true), at: 0) }
    return Form(
      "/vetting/start", button: "Save my card",
      [
        .skills("topics", "What can people ask you?", topics, help: "Three topics are enough. Start typing, as in negotiation."),
        .area("bio", "People come to me for …", value: bio, help: "One or two sentences.", rows: 3, optional: true, max: 2000),
        .choose(.chips, "preset", "When?", presets),
        .stepper(
          "sessions_a_week", "Sessions of 30 min a week, at most", value: min(max(sessions, 1), 10), 1...10,
          help: "Nobody can book beyond this."),
      ])
  }
}
