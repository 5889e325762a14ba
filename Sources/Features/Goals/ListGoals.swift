import Kit
import Scheduling
import Store
import Web

/// One's own goals: open ones with gaps and the next step, closed ones as a list.
struct ListGoals: UseCase {
  struct Page: Output {
    struct Closed: Output {
      var title: String
      var href: String
      var chip: String
      var words: String
      var learned: String?
    }

    var lede: String
    var goals: [GoalCard]
    var closed: [Closed]
    var canOpen: Bool
    var empty: Empty?
    var evidence: Evidence
  }

  struct Evidence: Output {
    var text: String
    var waiting: String?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let today = viewer.today(world)
    let all = try Goals.list(viewer.person, org: viewer.org, Goal.State.allCases, limit: 60, tx)
    let open = all.filter { $0.state == .open }
    let ids = open.map(\.id)
    let gaps = try GoalGap.of(ids, org: viewer.org, tx)
    let miles = try Milestone.of(ids, org: viewer.org, tx)
    let cards = open.map { GoalCard($0, gaps: gaps[$0.id] ?? [], milestones: miles[$0.id] ?? [], today: today) }
    let counts = try Application.counts(of: viewer, tx)
    return Page(
      lede: open.isEmpty
        ? "What you want to be better at, by when, and how you will see it."
        : "\(counted(open.count, "open goal")). The nearest is due \(cards.first?.left ?? "soon").", goals: cards,
      closed: all.filter { $0.state != .open }.reversed().prefix(10).map(Page.Closed.init), canOpen: open.count < OpenGoal.mostOpen,
      empty: all.isEmpty
        ? Empty(
          title: "Name one thing to be better at by \(ListGoals.month(today)).",
          text: "A goal gives every lesson and every session a direction. It takes two minutes.", drawing: .goals, "Set a goal",
          "/goals/new")
        : nil,
      evidence: Evidence(
        text: counts.mine == 0
          ? "Nothing noted yet. When you use something you learned at work, write it down and let somebody confirm it."
          : "You noted \(counted(counts.mine, "use")) at work; \(counts.confirmed) confirmed.",
        waiting: counts.toConfirm == 0 ? nil : "\(counted(counts.toConfirm, "colleague waits", "colleagues wait")) for your confirmation."))
  }

  /// The month half a year on.
  private static func month(_ today: CivilDate) -> String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    return names[(today.month + 5) % 12]
  }
}

extension ListGoals.Page.Closed {
  init(_ goal: Goal) {
    title = goal.title
    href = goal.href
    chip = goal.state == .reached ? "good" : "plain"
    words = goal.state == .reached ? "Reached" : "Dropped"
    learned = goal.learned.isEmpty ? nil : goal.learned
  }
}
