import Kit
import Scheduling
import Store
import Web

/// The windows one keeps, and three proposals with their reasons.
struct ShowLearningTime: UseCase {
  /// How long a window is to be.
  var minutes: Int?
  static let rules: [String: Rule] = ["minutes": .one(of: [5, 10, 15])]

  struct Window: Output {
    let id: ID<LearningTime.Kept>
    let day: String
    let words: String
  }

  struct Proposal: Output {
    /// "09:10".
    let time: String
    let days: String
    let reason: String
    /// Weekday and time of each window, as the act takes them: "monday 09:10".
    let windows: [String]
    /// Whether these are the windows that are kept now.
    let isKept: Bool
  }

  struct Page: Output {
    let windows: [Window]
    let proposals: [Proposal]
    let minutes: Int
    let lengths: [Length]
    let zone: String
  }

  struct Length: Output {
    let minutes: Int
    let isChosen: Bool
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    guard let person = try Addressee.find(viewer.person, org: viewer.org, tx) else { throw Problem.notFound }
    let minutes = minutes ?? 10
    let plan = try LearningPlan.load(person, tx, world)
    let kept = try LearningTime.rows(of: viewer.person, org: viewer.org, tx)
    let windows = Set(kept.map(\.window))
    return Page(
      windows: kept.map {
        Window(id: $0.id, day: DayOfWeek($0.window.weekday).name, words: "\($0.window.start), \($0.window.minutes) min")
      },
      proposals: plan.proposals(minutes: minutes).map { ShowLearningTime.proposal($0, isKept: Set($0.windows) == windows) },
      minutes: minutes,
      lengths: [5, 10, 15].map { Length(minutes: $0, isChosen: $0 == minutes) }, zone: DisplayTime.place(viewer.zone))
  }

  private static func proposal(_ proposal: LearningProposal, isKept: Bool) -> Proposal {
    let usual = Dictionary(grouping: proposal.windows, by: \.start).max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
    let days = proposal.windows.map { window in
      let name = String(DayOfWeek(window.weekday).name.prefix(3))
      return window.start == usual ? name : "\(name) \(window.start)"
    }
    return Proposal(
      time: usual?.description ?? "", days: days.joined(separator: ", "), reason: reason(proposal),
      windows: proposal.windows.map { "\(DayOfWeek($0.weekday).rawValue) \($0.start)" }, isKept: isKept)
  }

  /// "Free in 6 of 6 weeks, right beside a meeting; you learned 5 of 6 times here."
  static func reason(_ proposal: LearningProposal) -> String {
    var text = "Free in \(proposal.freeWeeks) of \(proposal.weeks) weeks"
    if proposal.besideMeeting { text += ", right beside a meeting" }
    if proposal.offered > 0 { text += "; you learned \(proposal.done) of \(counted(proposal.offered, "time")) here" }
    return text + "."
  }
}

/// Keeps windows in place of those that were kept: one a day, non-negotiable, so that slots respect them. None stops it all.
struct KeepLearningTime: UseCase {
  /// "monday 09:10" for each.
  var windows: [String]
  var minutes: Int
  static let rules: [String: Rule] = ["windows": .list(0...7), "minutes": .one(of: [5, 10, 15])]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ShowLearningTime.Page {
    var wanted: [Weekday: WallTime] = [:]
    for text in windows {
      let parts = text.split(separator: " ").map(String.init)
      guard parts.count == 2, let day = DayOfWeek(rawValue: parts[0]), let time = WallTime(parts[1]) else {
        throw Problem.invalid("windows", "Name a day and a time, such as monday 09:10.")
      }
      guard time.minuteOfDay + minutes <= 1440 else { throw Problem.invalid("windows", "A window ends on its own day.") }
      wanted[day.weekday] = time
    }
    try tx.run("DELETE FROM learning_window WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    for (day, time) in wanted.sorted(by: { $0.key < $1.key }) {
      try tx.run(
        """
        INSERT INTO learning_window (org_id, id, person_id, weekday, from_minute, minutes, kept_at)
        VALUES (\(viewer.org), \(world.id() as ID<LearningTime.Kept>), \(viewer.person), \(day.rawValue), \(time.minuteOfDay), \(minutes),
          \(world.now()))
        """)
    }
    let verb = wanted.isEmpty ? "learning_time.dropped" : "learning_time.kept"
    try tx.record(viewer, verb, viewer.person, ["windows": "\(wanted.count)"], world)
    return try ShowLearningTime(minutes: minutes)(tx, viewer, world)
  }
}

/// Keeps one window no more.
struct DropLearningTime: UseCase {
  var window: ID<LearningTime.Kept>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let removed = try tx.run(
      "DELETE FROM learning_window WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(window)")
    guard removed == 1 else { throw Problem.notFound }
    try tx.record(viewer, "learning_time.dropped", viewer.person, [:], world)
    return Done()
  }
}
