import Kit
import Scheduling
import Store
import Web

extension Play {
  private func booked(from: Kit.Instant, to: Kit.Instant, _ tx: Transaction) throws -> [Session] {
    try tx.all(
      """
      SELECT \(Session.columns) FROM session
      WHERE org_id = \(company.org) AND state = 'booked' AND starts_at >= \(from) AND starts_at < \(to) ORDER BY starts_at, id
      """)
  }

  private func isOfStory(_ session: Session) -> Bool { story.map { session.people.contains($0.learner.person) } ?? false }

  /// A few sessions of the next days are moved or called off.
  mutating func plansChange(_ start: Kit.Instant, _ tx: Transaction) throws {
    for session in try booked(from: start + .days(1), to: start + .days(3), tx) where !isOfStory(session) && dice.percent(4) {
      guard let mover = company.viewer(dice.percent(50) ? session.mentee : session.mentor) else { continue }
      pass(.minutes(2))
      let later = try PersonTime.commonStarts(
        host: session.mentor, guest: session.mentee, minutes: session.minutes, from: session.start + .days(1), count: 3, org: company.org,
        tx, world)
      if dice.percent(60), let next = dice.one(of: later) {
        try attempt { try MoveSession(session: session.id, start: next)(tx, mover, world) }
      } else {
        try attempt { try CancelSession(session: session.id, reason: "Something came up here.")(tx, mover, world) }
      }
    }
  }

  /// The sessions of a day: people come or do not, and most say afterwards what they take away.
  mutating func sessionsHappen(from: Kit.Instant, to: Kit.Instant, _ tx: Transaction) throws {
    for session in try booked(from: from, to: to, tx) {
      guard let mentor = company.viewer(session.mentor), let mentee = company.viewer(session.mentee) else { continue }
      clock.reach(session.start)
      let fate = isOfStory(session) ? 0 : dice.below(100)
      if fate >= 97 { continue }
      if fate >= 94 {
        try attempt { try CheckIn(session: session.id)(tx, dice.percent(50) ? mentor : mentee, world) }
        continue
      }
      try attempt { try CheckIn(session: session.id, who: .both)(tx, mentor, world) }
      clock.reach(session.end + .minutes(dice.within(2...6)))
      if story?.wrapUp(session) == true {
        try story?.sayWhatWasLearnt(session, mentor: mentor, tx)
        continue
      }
      try wrapUp(session, mentor: mentor, mentee: mentee, tx)
    }
  }

  private mutating func wrapUp(_ session: Session, mentor: Viewer, mentee: Viewer, _ tx: Transaction) throws {
    let theme = theme(of: session)
    let people = [session.mentee, session.mentor]
    if dice.percent(84) {
      var learnt = WrapUp(session: session.id, insight: insight(theme, for: people))
      learnt.makeCard = dice.percent(35)
      learnt.actions = dice.some(dice.within(0...2), of: theme.actions).map { WrapUp.Promise(text: $0, due: nil, owner: .me) }
      learnt.points = points()
      learnt.line = dice.percent(30) ? dice.one(of: Play.thanks) : nil
      try attempt { try learnt(tx, mentee, world) }
    }
    pass(.minutes(1))
    if dice.percent(72) {
      var learnt = WrapUp(session: session.id, insight: insight(theme, for: people))
      learnt.lesson = dice.percent(35) ? dice.one(of: company.lessons) : nil
      learnt.points = points()
      try attempt { try learnt(tx, mentor, world) }
    }
    if dice.percent(12) { try again(session, mentee, tx) }
  }

  /// The two meet again, a week or two later.
  private mutating func again(_ session: Session, _ mentee: Viewer, _ tx: Transaction) throws {
    let starts = try PersonTime.commonStarts(
      host: session.mentor, guest: session.mentee, minutes: session.minutes, from: clock.now + .days(dice.within(7...14)), count: 3,
      org: company.org, tx, world)
    guard let start = dice.one(of: starts) else { return }
    let next = try attempt {
      try Booking.book(
        tx, mentee, mentor: session.mentor, mentee: session.mentee, start: start, minutes: session.minutes, kind: session.kind,
        title: session.title, question: "", world)
    }
    if let next { followed[next] = place(of: session) }
  }

  private mutating func points() -> Int {
    let draw = dice.below(100)
    return draw < 56 ? 5 : draw < 88 ? 4 : draw < 97 ? 3 : 2
  }

  private static let thanks = [
    "Clear and kind.", "I knew after ten minutes what to do.", "Asked the question I had avoided.", "Good listener, good examples.",
    "Worth the half hour.", "A bit fast for me, and still useful.", "Told me what nobody else did.",
    "I left with one page instead of ten worries.", "Did not sell me an answer.", "Knew our plant and did not take sides.",
    "Let me find it out by myself.", "We laughed, and I still got my plan.",
  ]
}
