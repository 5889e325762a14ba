import Kit
import Scheduling
import Store
import Web

/// What to do now, the nearest in time first.
struct ShowToday: UseCase {
  struct Step: Output {
    var text: String
    var detail: String
    var href: String
    var isDone: Bool
    var isNext: Bool
  }

  struct GoalLine: Output {
    var title: String
    var href: String
    var left: String
    var chart: GapChart?
  }

  struct Page: Output {
    var greeting: String
    /// "2 things today, about 12 min."
    var summary: String
    var date: String
    /// The nearest in time.
    var first: TodayThing?
    /// The rest of today.
    var things: [TodayThing]
    /// After today.
    var later: [TodayThing]
    var nudge: Nudge?
    var steps: [Step]
    var goals: [GoalLine]
    /// What the viewer was told and has not seen.
    var notices: [Notice]
    var empty: Empty?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    var builder = TodayBuilder(viewer, world)
    let now = world.now()
    let sessions = try Sessions.near(viewer, tx, world)
    let (upcoming, open) = (sessions.upcoming, sessions.toWrapUp)
    let groups = try OwnGroup.of(viewer.person, org: viewer.org, from: now, limit: 3, tx).map { OwnGroupLine($0.session, viewer, now: now) }
    let cards = try Cards.due(viewer.person, org: viewer.org, zone: viewer.zone, tx, world)
    let lessons = try Assignments.open(viewer.person, org: viewer.org, limit: 3, tx)
    let action = try ActionItems.open(viewer.person, org: viewer.org, limit: 1, tx).first
    let offers = viewer.has(.mentor) ? try Offer.pending(for: viewer.person, org: viewer.org, tx) : []
    let goals = try Goals.open(viewer.person, org: viewer.org, limit: 3, tx)
    let gaps = try GoalGap.of(goals.map(\.id), org: viewer.org, tx)
    for session in upcoming { builder.add(session: session, start: session.start.instant, minutes: session.minutes) }
    for group in groups { builder.add(group: group) }
    for session in sessions.proposed { builder.add(proposal: session) }
    for session in open where now - session.start.instant < .days(2) { builder.add(wrapUp: session, at: session.start.instant) }
    for offer in offers.prefix(5) { builder.add(request: offer) }
    builder.add(toConfirm: try Application.counts(of: viewer, tx).toConfirm)
    builder.add(cards)
    if let action { builder.add(action) }
    for lesson in lessons { builder.add(lesson) }
    let things = builder.sorted
    let today = things.filter(\.isToday)
    let later = things.filter { !$0.isToday }
    let facts = ShowToday.facts(sessions, lessons.count, cards.count, goals, builder.today, now)
    let next = [upcoming.first?.start, groups.first?.start].compactMap { $0 }.min { $0.instant < $1.instant }
    let isNew = upcoming.isEmpty && sessions.last == nil
    let steps = isNew ? try ShowToday.steps(viewer, hasGoal: !goals.isEmpty, tx) : []
    return Page(
      greeting: "\(ShowToday.greeting(builder.zone.local(at: now.microseconds).time.hour)), \(viewer.name.prefix { $0 != " " })",
      summary: ShowToday.summary(today, next: next), date: DisplayTime.day(builder.today), first: today.first,
      things: Array(today.dropFirst()), later: Array(later.prefix(4)), nudge: try Nudge.choose(Nudge.all(facts), viewer, tx, world),
      steps: steps,
      goals: goals.prefix(2).map { goal in
        GoalLine(
          title: goal.title, href: goal.href, left: GoalCard.left(goal.dueOn.days(since: builder.today)),
          chart: GapChart(gaps[goal.id] ?? []))
      },
      notices: ShowToday.newest(try Notice.unseen(viewer, limit: 20, tx)),
      empty: today.isEmpty && steps.allSatisfy(\.isDone)
        ? Empty(
          title: "Your day is clear.", text: "Is there something you could use help with?", drawing: .calm, "Ask for help", "/asks/new")
        : nil)
  }

  private static func greeting(_ hour: Int) -> String {
    switch hour {
    case 0..<5: "Hello"
    case 5..<12: "Good morning"
    case 12..<18: "Good afternoon"
    default: "Good evening"
    }
  }

  static func summary(_ today: [TodayThing], next: Moment?) -> String {
    guard !today.isEmpty else { return "Nothing due today." + (next.map { " Your next session is \($0.text)." } ?? "") }
    let minutes = today.reduce(0) { $0 + $1.minutes }
    return "\(counted(today.count, "thing")) today" + (minutes > 0 ? ", about \(minutes) min." : ".")
  }

  /// The latest three. What was told of a session before is told no more: it was moved, then it was cancelled.
  static func newest(_ notices: [Notice]) -> [Notice] {
    var told: Set<Substring> = []
    let kept = notices.filter { notice in
      let parts = notice.href.split(separator: "/")
      guard notice.topic == .session, parts.count > 1 else { return true }
      return told.insert(parts[1]).inserted
    }
    return Array(kept.prefix(3))
  }

  private static func facts(
    _ sessions: Sessions.Near, _ lessons: Int, _ cards: Int, _ goals: [Goal], _ today: CivilDate, _ now: Kit.Instant
  ) -> Nudge.Facts {
    var facts = Nudge.Facts(openLessons: lessons, dueCards: cards, hasGoal: !goals.isEmpty)
    if let late = sessions.toWrapUp.last(where: { now - $0.start.instant >= .days(2) }) {
      facts.undocumented = (late.id.cast(to: Nudge.self), late.with.name, Int((now - late.start.instant).days))
    }
    if sessions.upcoming.isEmpty, let last = sessions.last, (now - last.start.instant).days >= Double(Nudge.silence) {
      facts.silent = (last.id.cast(to: Nudge.self), last.with.id, last.with.name, Int((now - last.start.instant).days))
    }
    facts.overdueGoal = goals.first { $0.dueOn < today }.map { ($0.id.cast(to: Nudge.self), $0.title, $0.href) }
    return facts
  }

  /// What comes before anything else to an administrator who is alone: nobody is there to ask.
  private static func beginning(_ viewer: Viewer, _ tx: Transaction) throws -> [Step] {
    guard viewer.has(.admin), try Member.isAlone(viewer, tx) else { return [] }
    return [
      Step(
        text: "Bring people in", detail: "Import a file, invite, or look around in a demo first.", href: "/admin/start/people",
        isDone: false, isNext: false)
    ]
  }

  /// The first steps of somebody who has had no session yet.
  private static func steps(_ viewer: Viewer, hasGoal: Bool, _ tx: Transaction) throws -> [Step] {
    let skills = try PersonSkills.of(viewer.person, org: viewer.org, tx)
    let hasAsked = try !Ask.all(of: viewer.person, org: viewer.org, before: nil, limit: 1, tx).isEmpty
    var steps: [Step] = try beginning(viewer, tx)
    steps +=
      viewer.has(.mentor)
      ? [
        Step(
          text: "Say what people can ask you", detail: "Three topics are enough.", href: "/you/skills", isDone: !skills.offers.isEmpty,
          isNext: false),
        Step(
          text: "Say when you are free", detail: "You are only offered hours that you name.", href: "/you/availability",
          isDone: false, isNext: false),
      ]
      : [
        Step(
          text: "Ask for help with one thing", detail: "One sentence. You see three people and their free times.", href: "/asks/new",
          isDone: hasAsked, isNext: false),
        Step(
          text: "Say what you want to learn", detail: "Skills sought and offered, for better matches.", href: "/you/skills",
          isDone: !(skills.offers.isEmpty && skills.seeks.isEmpty), isNext: false),
      ]
    steps.append(
      Step(
        text: "Set one goal", detail: "Half a year ahead, with something you can see.", href: "/goals/new", isDone: hasGoal, isNext: false))
    if let next = steps.firstIndex(where: { !$0.isDone }) { steps[next].isNext = true } else { return [] }
    return steps
  }
}
