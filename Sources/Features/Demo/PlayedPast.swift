import Kit
import Scheduling
import Store
import Web

/// Founds one organisation and plays its days, each in a transaction of its own.
struct PlayedPast: Sendable {
  let founding: Founding
  let days: Int
  let seed: UInt64
  let store: Store
  /// Whose clock says when the played time ends.
  let world: World

  struct Played: Sendable {
    let company: Company
    /// The people with a part of their own, by its key.
    let leads: [String: ID<Person>]
    let past: World
  }

  /// - Parameter progress: is called in the transaction of each day, and with 0 in that of the founding.
  func play(progress: @escaping @Sendable (_ day: Int, ID<Organisation>, Transaction) throws -> Void) async throws -> Played {
    let end = world.now()
    let today = Instant(seconds: end.seconds.flooredDivision(by: 86_400) * 86_400)
    let first = today - .days(max(days, 1))
    let clock = DemoClock(first, until: end, seed: seed)
    let past = clock.world(passwordCost: world.passwordCost)
    let start = try await store.write { tx in
      var dice = Dice(seed: seed &* 2)
      let founded = try founding(tx, past, &dice)
      try DemoPrograms(company: founded.company).run(days: days, tx, past)
      let story = try story(founded, first: first, clock: clock, past, tx)
      try HeldJobs(org: founded.company.org).hold(tx)
      try progress(0, founded.company.org, tx)
      return (play: Play(company: founded.company, clock: clock, world: past, dice: dice, story: story), leads: founded.leads)
    }
    let held = HeldJobs(org: start.play.company.org)
    var play = start.play
    for day in 0..<max(days, 1) {
      play = try await store.write { [play] tx in
        var next = play
        try held.release(tx)
        try next.day(first + .days(day), tx)
        try held.hold(tx)
        try progress(day + 1, held.org, tx)
        return next
      }
    }
    try await store.write { [play] tx in
      var last = play
      try held.release(tx)
      clock.reach(end - .minutes(60))
      try last.peopleAsk(tx)
      clock.reach(end)
      try DemoMeetings(company: last.company).plan(tx, past)
      try DueJobs(company: last.company).run(tx, past)
    }
    let fits = try await store.read { tx in try FindFits.due(held.org, tx) }
    for fit in fits { try await FitMemory(person: fit.person)(store, org: held.org, past) }
    return Played(company: play.company, leads: start.leads, past: past)
  }

  private func story(
    _ founded: Founding.Founded, first: Instant, clock: DemoClock, _ world: World, _ tx: Transaction
  ) throws -> CareerStory? {
    let viewer = { (key: String) in founded.leads[key].flatMap { founded.company.viewer($0) } }
    guard let learner = viewer("mentee"), let mentor = viewer("mentor"), let witness = viewer("manager") else { return nil }
    return try CareerStory(learner: learner, mentor: mentor, witness: witness, first: first, days: days, clock: clock, world: world, tx)
  }
}
