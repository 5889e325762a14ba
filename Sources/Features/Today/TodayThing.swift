import Kit
import Scheduling
import Store
import Web

/// One thing to do, with when and how long.
struct TodayThing: Output, Hashable {
  enum Kind: String, Choice {
    case session, group, wrapUp = "wrap_up", proposal, request, confirmation, reviews, action, lesson
  }

  var kind: Kind
  /// Name in the sprite.
  var icon: String
  var title: String
  var facts: [String]
  /// State in a word, where it presses.
  var chip: String?
  var minutes: Int
  var label: String
  var href: String
  /// The start of a session for a countdown, in the viewer's zone.
  var at: Moment?
  var isToday: Bool
  /// Whose face stands beside it.
  var person: Member?
}

/// A thing with the moment by which it is sorted.
struct TimedThing {
  let at: Kit.Instant
  let thing: TodayThing
}

/// What becomes of other features' rows on this page.
struct TodayBuilder {
  let viewer: Viewer
  let now: Kit.Instant
  let today: CivilDate
  let zone: Zone
  private(set) var things: [TimedThing] = []

  init(_ viewer: Viewer, _ world: World) {
    self.viewer = viewer
    now = world.now()
    today = viewer.today(world)
    zone = Zones.zone(viewer.zone)
  }

  private func day(_ instant: Kit.Instant) -> CivilDate { zone.local(at: instant.microseconds).date }

  /// The end of a day of the viewer: something due that day is due then.
  private func end(of date: CivilDate) -> Kit.Instant {
    Kit.Instant(microseconds: zone.instant(of: LocalDateTime(date.adding(days: 1), .midnight)))
  }

  mutating func add(session: SessionSummary, start: Kit.Instant, minutes: Int) {
    let isRunning = start <= now
    let isNear = start - now < .minutes(60)
    let facts = [session.start.text, session.other, "\(minutes) min"].compactMap { $0 }
    things.append(
      TimedThing(
        at: start - .minutes(60),
        thing: TodayThing(
          kind: .session, icon: "calendar", title: "\(session.title) with \(session.with.name)", facts: facts,
          chip: isRunning ? "Now" : isNear ? session.start.relative : nil, minutes: minutes, label: isNear ? "Open the session" : "Prepare",
          href: "/sessions/\(session.id)", at: session.start, isToday: day(start) <= today, person: session.with)))
  }

  mutating func add(group: OwnGroupLine) {
    let start = group.start.instant
    let isNear = start - now < .minutes(60)
    things.append(
      TimedThing(
        at: start - .minutes(60),
        thing: TodayThing(
          kind: .group, icon: "people", title: group.title, facts: [group.start.text, group.kind, "\(group.minutes) min"],
          chip: start <= now ? "Now" : isNear ? group.start.relative : nil, minutes: group.minutes, label: "Open",
          href: "/groups/\(group.id)", at: group.start, isToday: day(start) <= today)))
  }

  mutating func add(proposal session: SessionSummary) {
    things.append(
      TimedThing(
        at: now,
        thing: TodayThing(
          kind: .proposal, icon: "clock", title: "\(session.with.name) proposes another time",
          facts: [session.title, "Instead of \(session.start.text)", "1 min"], minutes: 1, label: "Choose",
          href: "/sessions/\(session.id)", isToday: true, person: session.with)))
  }

  mutating func add(wrapUp session: SessionSummary, at: Kit.Instant) {
    things.append(
      TimedThing(
        at: at,
        thing: TodayThing(
          kind: .wrapUp, icon: "insight", title: "Wrap up with \(session.with.name)", facts: [session.title, "1 min"], minutes: 1,
          label: "Wrap up", href: "/sessions/\(session.id)/wrap-up", isToday: true, person: session.with)))
  }

  mutating func add(request offer: Offer) {
    let due = Moment(offer.dueAt, viewer, now: now)
    let isSilent = Offer.State.silent.contains(offer.state)
    things.append(
      TimedThing(
        at: offer.dueAt,
        thing: TodayThing(
          kind: .request, icon: "ask", title: isSilent ? "A request for you" : offer.state.sentence,
          facts: ["Answer by \(due.text)", offer.why].filter { !$0.isEmpty },
          chip: isSilent && offer.dueAt - now < .hours(4) ? due.relative : nil,
          minutes: isSilent ? 2 : 0, label: "Look", href: "/requests/\(offer.id)", isToday: isSilent)))
  }

  mutating func add(toConfirm count: Int) {
    guard count > 0 else { return }
    things.append(
      TimedThing(
        at: end(of: today),
        thing: TodayThing(
          kind: .confirmation, icon: "check",
          title: count == 1 ? "A colleague asks for your word" : "\(count) colleagues ask for your word",
          facts: ["They used something at work and say you saw it", "\(count) min"], minutes: count, label: "Confirm",
          href: "/applications",
          isToday: true)))
  }

  mutating func add(_ due: DueCards) {
    guard due.count > 0 else { return }
    things.append(
      TimedThing(
        at: now,
        thing: TodayThing(
          kind: .reviews, icon: "card", title: "\(counted(due.count, "card")) to review",
          facts: ["\(due.minutes) min", "Just before you would forget them"], minutes: due.minutes, label: "Review", href: "/reviews",
          isToday: true)))
  }

  mutating func add(_ action: ActionItem) {
    guard let date = CivilDate(action.due) else { return }
    let isOver = date < today
    things.append(
      TimedThing(
        at: end(of: date),
        thing: TodayThing(
          kind: .action, icon: "action", title: action.text, facts: ["You promised it"] + (isOver ? [] : [action.dueWords(today: today)]),
          chip: isOver ? action.dueWords(today: today) : nil, minutes: 5, label: "Open", href: "/actions", isToday: date <= today)))
  }

  mutating func add(_ assignment: Assignment) {
    let date = assignment.due.flatMap(CivilDate.init(_:))
    let due = date.map { $0 < today ? "Was due \(DisplayTime.day($0))" : "Due \($0 == today ? "today" : DisplayTime.day($0))" }
    things.append(
      TimedThing(
        at: date.map(end(of:)) ?? now + .days(30),
        thing: TodayThing(
          kind: .lesson, icon: "lesson", title: assignment.title,
          facts: ["\(assignment.minutes) min", due, assignment.assignedBy == viewer.person ? nil : "From \(assignment.byName)"].compactMap {
            $0
          },
          minutes: assignment.minutes, label: "Start", href: "/lessons/\(assignment.lesson)", isToday: date.map { $0 <= today } ?? false)))
  }

  /// The nearest in time first; at the same moment in the order of kinds.
  var sorted: [TodayThing] {
    things.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element.thing)
  }
}
