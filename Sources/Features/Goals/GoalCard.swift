import Kit
import Scheduling
import Store
import Web

/// A goal as pages and the API show it.
struct GoalCard: Output {
  struct Step: Output {
    var text: String
    var label: String
    var href: String
  }

  struct Way: Output {
    var label: String
    var done: Int
    var total: Int
    var percent: Int
  }

  struct Mile: Output {
    var id: ID<Milestone>
    var title: String
    var due: String?
    var isDone: Bool
    var isLate: Bool
    var isNext: Bool
    /// Where to tick it, or to take the tick back.
    var action: String
    var remove: String
  }

  var id: ID<Goal>
  var href: String
  var title: String
  var measure: String
  var target: String
  var why: String?
  var learned: String?
  var state: Goal.State
  var isOpen: Bool
  var months: Int
  /// ISO date.
  var dueOn: String
  /// "Mon 24 May 2027".
  var dueWords: String
  var horizon: String
  /// "in 5 months", or "3 days over".
  var left: String
  var isOver: Bool
  var gaps: [GoalGap]
  var chart: GapChart?
  var way: Way?
  var milestones: [Mile]
  var next: Step?

  init(_ goal: Goal, gaps: [GoalGap], milestones: [Milestone], today: CivilDate) {
    id = goal.id
    href = goal.href
    title = goal.title
    measure = goal.measure
    target = goal.target
    why = goal.why.isEmpty ? nil : goal.why
    learned = goal.learned.isEmpty ? nil : goal.learned
    state = goal.state
    isOpen = goal.state == .open
    months = goal.months
    dueOn = goal.dueOn.description
    dueWords = DisplayTime.dayAndYear(goal.dueOn)
    horizon = "\(goal.months) months"
    let days = goal.dueOn.days(since: today)
    isOver = goal.state == .open && days < 0
    left = GoalCard.left(days)
    self.gaps = gaps
    chart = GapChart(gaps)
    let done = milestones.count(where: \.isDone)
    way =
      milestones.isEmpty
      ? nil : Way(label: "Milestones", done: done, total: milestones.count, percent: done * 100 / milestones.count)
    let nextID = milestones.first { !$0.isDone }?.id
    self.milestones = milestones.map { mile in
      Mile(
        id: mile.id, title: mile.title, due: mile.dueOn.map(DisplayTime.day), isDone: mile.isDone,
        isLate: !mile.isDone && mile.dueOn.map { $0 < today } == true, isNext: mile.id == nextID,
        action: "\(goal.href)/milestones/\(mile.id)/\(mile.isDone ? "untick" : "tick")", remove: "\(goal.href)/milestones/\(mile.id)/remove"
      )
    }
    next = goal.state == .open ? GoalCard.next(goal, gaps: gaps, milestones: milestones, isOver: isOver) : nil
  }

  static func left(_ days: Int) -> String {
    switch days {
    case ..<0: "\(counted(-days, "day")) over"
    case 0: "today"
    case 1..<14: "in \(counted(days, "day"))"
    case 14..<61: "in \(counted((days + 3) / 7, "week"))"
    default: "in \(counted((days * 12 + 182) / 365, "month"))"
    }
  }

  /// The one thing to do for it now.
  private static func next(_ goal: Goal, gaps: [GoalGap], milestones: [Milestone], isOver: Bool) -> Step {
    if let mile = milestones.first(where: { !$0.isDone }) {
      let due = mile.dueOn.map { ", by \(DisplayTime.day($0))" } ?? ""
      return Step(text: "Next: \(mile.title)\(due)", label: "Open milestones", href: "\(goal.href)#milestones")
    }
    if isOver || (!gaps.isEmpty && gaps.allSatisfy(\.isClosed)) {
      return Step(text: isOver ? "Its date has passed." : "All gaps are closed.", label: "Close this goal", href: "\(goal.href)/close")
    }
    if let gap = gaps.filter({ !$0.isClosed }).max(by: { $0.to - $0.now < $1.to - $1.now }) {
      return Step(
        text: "The widest gap is \(gap.skill.label).", label: "Ask a mentor",
        href: "/asks/new?skill=\(gap.skill.slug ?? gap.skill.id.description)")
    }
    return Step(text: "No milestone yet.", label: "Add the first step", href: "\(goal.href)#milestones")
  }
}
