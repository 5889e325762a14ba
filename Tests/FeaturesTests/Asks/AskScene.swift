import Kit
import Store
import TandemTesting
import Web

@testable import Features

/// Mentors with skills and hours, and an ask that fits them.
extension Scene {
  static let question =
    "On Friday I need public speaking in front of the board. I want a decision, and I have only tried slides so far. How do I open?"

  /// Ada and Cleo offer public speaking on working days; Ben wants to learn it.
  func openForMentoring() async throws {
    try await teach(.ada, level: 5)
    try await teach(.cleo, level: 4)
    let org = org
    let ben = id(.ben)
    let world = world
    try await store.write { tx in
      guard let skill = try Skill.slug("public-speaking", tx) else { throw Problem.notFound }
      try PersonSkills.set(person: ben, org: org, offers: [:], seeks: [skill: 2], by: nil, tx, world)
    }
  }

  func teach(_ role: Role, level: Int) async throws {
    try await teach(id(role), org: role.isInOther ? other : org, level: level)
  }

  func teach(_ person: ID<Person>, org: ID<Organisation>, level: Int) async throws {
    let world = world
    try await store.write { tx in
      guard let skill = try Skill.slug("public-speaking", tx), let mentor = try Addressee.find(person, org: org, tx) else {
        throw Problem.notFound
      }
      try PersonSkills.set(person: person, org: org, offers: [skill: level], seeks: [:], by: nil, tx, world)
      var hours = SetAvailability()
      hours.weekly = [.monday, .tuesday, .wednesday, .thursday, .friday].map { .init(weekday: $0, from: "09:00", to: "17:00") }
      _ = try hours(tx, mentor.viewer(.command), world)
    }
  }

  /// Takes every hour of a mentor away.
  func closeHours(of role: Role) async throws {
    try await self.do(role, SetAvailability())
  }

  /// More mentors of the same kind.
  func addMentors(_ count: Int) async throws {
    let org = org
    let world = world
    for number in 0..<count {
      let person = try await store.write { tx in
        var member = CreateMember(email: "m\(number)@north.example", name: "Mentor \(number)", zone: "Europe/Berlin")
        member.roles = [.member, .mentor]
        return try member(tx, org: org, by: nil, origin: "command", world)
      }
      try await teach(person, org: org, level: 3 + number % 3)
    }
  }

  func ask(_ role: Role = .ben, _ change: (inout OpenAsk) -> Void = { _ in }) async throws -> ID<Ask> {
    var ask = OpenAsk(question: Scene.question)
    ask.urgency = .week
    ask.minutes = 30
    change(&ask)
    return try await self.do(role, ask).ask
  }

  func cards(_ ask: ID<Ask>, _ role: Role = .ben) async throws -> [MentorCard] { try await self.do(role, ShowMentors(ask: ask)).mentors }

  func state(_ ask: ID<Ask>) async throws -> Ask.State {
    let org = org
    guard let found = try await store.read({ tx in try Ask.find(ask, org: org, tx) }) else { throw Problem.notFound }
    return found.state
  }

  func offers(_ ask: ID<Ask>) async throws -> [Offer] {
    let org = org
    return try await store.read { tx in try Offer.all(of: ask, org: org, tx) }
  }

  /// The one pending offer of an ask.
  func pendingOffer(_ ask: ID<Ask>) async throws -> Offer {
    guard let offer = try await offers(ask).first(where: \.state.isPending) else { throw Problem.notFound }
    return offer
  }

  func role(of person: ID<Person>) -> Role { Role.allCases.first { id($0) == person } ?? .omar }

  /// Time goes on, and the jobs that became due are done.
  func pass(_ span: Span) async throws {
    clock.advance(span)
    try await work()
  }
}

extension Scene.Role {
  var isInOther: Bool { [.otto, .olga, .oskar].contains(self) }
}

extension SetAvailability {
  init() { self.init(weekly: []) }
}

/// The problem that a body ends in.
func problem(_ body: () async throws -> Void) async -> Problem? {
  do {
    try await body()
    return nil
  } catch {
    return error as? Problem
  }
}
