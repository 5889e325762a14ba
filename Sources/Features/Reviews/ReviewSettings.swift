import Kit
import SpacedRepetition
import Store
import Web

/// How somebody wants to review, and what another wish would cost.
struct ShowReviewSettings: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ReviewSettingsPage {
    let learner = try Learner.load(viewer.person, org: viewer.org, tx)
    let rows = try tx.rows(
      """
      SELECT stability, count(*) AS n FROM card
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND suspended_at IS NULL AND stability IS NOT NULL GROUP BY stability
      """)
    let memories = try rows.map { (MemoryState(stability: try $0("stability"), difficulty: 5), try $0("n", as: Int.self)) }
    let percent = Int((learner.options.desiredRetention * 100).rounded())
    let model = learner.scheduler.model
    let choices = Set([80, 85, 90, 95, percent]).sorted().map { wish -> ReviewSettingsPage.Load in
      let perDay = memories.reduce(0.0) { $0 + Double($1.1) / max(1, model.interval(for: $1.0, retention: Double(wish) / 100)) }
      return .init(retention: "\(wish) %", cards: memories.isEmpty ? "—" : ReviewSettingsPage.perDay(perDay), isCurrent: wish == percent)
    }
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let form = Form(
      "/reviews/settings", button: "Save", id: "settings", cancel: .init("Cancel", "/reviews"),
      [
        .stepper("retention", "Recall to aim for, in %", value: percent, 70...97, help: "90 suits most. Higher means more work."),
        .stepper("minutes", "Minutes of review a day", value: learner.dailyMinutes, 1...60, help: "More than this is never asked of you."),
        .choose(
          .checks, "days", "Days you plan to learn",
          names.enumerated().map { Form.Option("\($0.offset + 1)", $0.element, chosen: learner.days.contains($0.offset + 1)) }),
        .checkbox(
          "four", "Show four answers", checked: learner.showsFour,
          help: "Adds With effort and Instantly. Two answers serve most people better."),
      ])
    return ReviewSettingsPage(form: form, loads: choices, hasCards: !memories.isEmpty)
  }
}

struct ReviewSettingsPage: Output {
  let form: Form
  let loads: [Load]
  let hasCards: Bool

  struct Load: Output {
    let retention: String
    let cards: String
    let isCurrent: Bool
  }

  static func perDay(_ count: Double) -> String {
    count >= 10
      ? "about \(Int(count.rounded())) cards a day"
      : count >= 1
        ? "about \(counted(Int(count.rounded()), "card")) a day" : "about \(counted(max(1, Int((count * 7).rounded())), "card")) a week"
  }
}

/// Keeps how somebody wants to review. Days already set stay; the wish counts from each card's next answer.
struct SaveReviewSettings: UseCase {
  var retention: Int
  var minutes: Int
  var days: [Int]?
  var four: Bool

  static var rules: [String: Rule] {
    ["retention": .number(70...97), "minutes": .number(1...60), "days": .list(0...7, of: .number(1...7))]
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    var learner = try Learner.load(viewer.person, org: viewer.org, tx)
    let old = learner.options
    learner.options = try SchedulerOptions(
      desiredRetention: Double(retention) / 100, maximumInterval: old.maximumInterval, learningSteps: old.learningSteps,
      relearningSteps: old.relearningSteps, fuzz: old.fuzz)
    learner.dailyMinutes = minutes
    learner.days = Set(days ?? [])
    learner.showsFour = four
    try learner.save(viewer.person, org: viewer.org, tx, world)
    try tx.record(viewer, "learning.settings_saved", viewer.person, ["retention": "\(retention)", "minutes": "\(minutes)"], world)
    return Done()
  }
}
