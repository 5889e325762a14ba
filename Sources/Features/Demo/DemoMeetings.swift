import Kit
import Scheduling
import Store
import Web

/// What lies ahead when the story ends: a circle with a line, a pair that meets every week, a wish that waits for a yes.
struct DemoMeetings {
  let company: Company

  func plan(_ tx: Transaction, _ world: World) throws {
    let mentors = company.people.filter(\.isMentor).map(\.viewer)
    let others = company.people.filter { !$0.isMentor }.map(\.viewer)
    guard let first = mentors.first, let last = mentors.last, others.count > 5 else { return }
    try circle(first, Array(others.prefix(5)), tx, world)
    try regularly(tx, world)
    try wish(last, others[5], tx, world)
  }

  private func circle(_ mentor: Viewer, _ people: [Viewer], _ tx: Transaction, _ world: World) throws {
    let day = mentor.today(world).adding(days: 9)
    let opened = try unlessRefused {
      try OpenGroup(
        kind: .group, title: "Speaking so that people listen",
        about: "Three exercises of ten minutes. Bring one sentence you have to say soon.",
        date: day.description, time: "16:00", minutes: 60, seats: 3, link: "https://meet.example.org/circle")(tx, mentor, world)
    }
    guard let opened else { return }
    for person in people { _ = try unlessRefused { try TakeSeat(group: opened.id)(tx, person, world) } }
  }

  /// The pair that met last meets every second week from now on; dates that are taken are left out.
  private func regularly(_ tx: Transaction, _ world: World) throws {
    let met: Session? = try tx.first(
      """
      SELECT \(Session.columns) FROM session WHERE org_id = \(company.org) AND state IN ('met', 'wrapped') ORDER BY starts_at DESC, id LIMIT 1
      """)
    guard let met, let mentor = company.viewer(met.mentor) else { return }
    let next = try PersonTime.commonStarts(
      host: met.mentor, guest: met.mentee, minutes: met.minutes, from: world.now() + .days(3), count: 1, org: company.org, tx, world)
    guard let start = next.first else { return }
    let zone = try AvailabilityRules.of(met.mentor, org: company.org, tx).zone
    let local = Zones.zone(zone).local(at: start.microseconds)
    var wish = StartSeries(
      session: met.id, everyWeeks: 2, first: local.date.description, time: local.time.description, minutes: met.minutes, count: 8)
    _ = try unlessRefused {
      let plan = try SeriesRule(wish, met, mentor, tx, world).plan(tx, world)
      wish.choices = plan.conflicts.map { .init(date: $0.date.description, start: nil) }
      return try wish(tx, mentor, world)
    }
  }

  private func wish(_ mentor: Viewer, _ mentee: Viewer, _ tx: Transaction, _ world: World) throws {
    let writer = AvailabilityWriter(viewer: mentor, tx: tx, world: world)
    try writer.set(BookingWishes.of(mentor.person, org: company.org, tx).changed(lengths: nil, confirms: true))
    let starts = try PersonTime.commonStarts(
      host: mentor.person, guest: mentee.person, minutes: 30, from: world.now() + .days(4), count: 1, org: company.org, tx, world)
    guard let start = starts.first else { return }
    _ = try unlessRefused {
      try Booking.book(
        tx, mentee, mentor: mentor.person, mentee: mentee.person, start: start, minutes: 30, title: "A second pair of eyes",
        question: "Would you read my proposal with me before it goes out?", world)
    }
  }

  private func unlessRefused<Result>(_ act: () throws -> Result) throws -> Result? {
    do { return try act() } catch is Problem { return nil }
  }
}
