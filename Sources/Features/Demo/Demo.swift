import Foundation
import Kit
import Scheduling
import Store
import Web

/// Fills an empty database with two organisations and their past, played through the use cases that pages and the API call.
public enum Demo {
  /// Who may sign in, with what.
  public struct SignIn: Sendable, Hashable {
    public let part: String
    public let name: String
    public let email: String
    public let password: String
  }

  public struct NotEmpty: Error, CustomStringConvertible, Sendable {
    public let description = "There are organisations in this database already. Give an empty folder with --data."
  }

  /// The same seed at the same time of the same day gives the same people, who do the same.
  ///
  /// - Parameters:
  ///   - world: whose clock says when the played time ends.
  ///   - members: of the larger organisation; the other has about a seventh.
  ///   - days: that are played.
  ///   - progress: is told what is being done.
  public static func play(
    store: Store, world: World, members: Int, days: Int, seed: UInt64, progress: @escaping @Sendable (String) -> Void
  ) async throws -> [SignIn] {
    guard try await store.read({ tx in try tx.count("SELECT count(*) FROM organisation") }) == 0 else { throw NotEmpty() }
    let end = world.now()
    let today = Instant(seconds: end.seconds.flooredDivision(by: 86_400) * 86_400)
    let first = today - .days(max(days, 1))
    let content = try DemoPeople.read()
    let themes = try DemoTheme.read()
    let foundings = [
      Founding(
        name: "Northwind Industries", domain: "northwind.example", zone: "Europe/Berlin", members: members, content: content,
        themes: themes,
        leads: DemoCast.northwind),
      Founding(
        name: "Harbour Alumni", domain: "harbour.example", zone: "Europe/London", members: max(8, members * 15 / 100), content: content,
        themes: themes, leads: DemoCast.harbour),
    ]
    var signIns: [SignIn] = []
    for (number, founding) in foundings.enumerated() {
      progress("\(founding.name): making \(counted(founding.members, "member"))")
      let clock = DemoClock(first, seed: seed &+ UInt64(number))
      let past = clock.world(passwordCost: world.passwordCost)
      let start = try await store.write { tx in
        var dice = Dice(seed: seed &* 2 &+ UInt64(number))
        let founded = try founding(tx, past, &dice)
        try DemoPrograms(company: founded.company).run(days: days, tx, past)
        let story = try story(founded, first: first, days: days, clock: clock, past, tx)
        return (play: Play(company: founded.company, clock: clock, world: past, dice: dice, story: story), leads: founded.leads)
      }
      var play = start.play
      for day in 0..<max(days, 1) {
        play = try await store.write { [play] tx in
          var next = play
          try next.day(first + .days(day), tx)
          return next
        }
        if (day + 1) % 20 == 0 { progress("\(founding.name): \(day + 1) of \(days) days") }
      }
      try await store.write { [play] tx in
        var last = play
        clock.reach(end)
        try last.peopleAsk(tx)
        try DemoMeetings(company: last.company).plan(tx, past)
        try DueJobs(company: last.company).run(tx, past)
      }
      let fits = try await store.read { [play] tx in try FindFits.due(play.company.org, tx) }
      for fit in fits { try await FitMemory(person: fit.person)(store, org: play.company.org, past) }
      if number == 0 { signIns = try await self.signIns(start.leads, in: play.company, store: store, past, domain: founding) }
    }
    return signIns
  }

  private static func story(
    _ founded: Founding.Founded, first: Instant, days: Int, clock: DemoClock, _ world: World, _ tx: Transaction
  ) throws -> CareerStory? {
    let viewer = { (key: String) in founded.leads[key].flatMap { founded.company.viewer($0) } }
    guard let learner = viewer("mentee"), let mentor = viewer("mentor"), let witness = viewer("manager") else { return nil }
    return try CareerStory(learner: learner, mentor: mentor, witness: witness, first: first, days: days, clock: clock, world: world, tx)
  }

  private static func signIns(
    _ leads: [String: ID<Person>], in company: Company, store: Store, _ world: World, domain founding: Founding
  ) async throws -> [SignIn] {
    var found: [SignIn] = []
    for key in ["mentee", "mentor", "manager", "admin"] {
      guard let person = leads[key] else { continue }
      try await Password.set(Secret(DemoCast.password), org: company.org, person: person, store: store, world)
      let addressee = try await store.read { tx in try Addressee.find(person, org: company.org, tx) }
      guard let addressee else { continue }
      found.append(SignIn(part: key, name: addressee.name, email: addressee.email, password: DemoCast.password))
    }
    return found
  }
}
