import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Where somebody who asks stands")
struct AskedLevelTests {
  @Test("the level of what somebody learns is where they are: mentors above it are shown, and told of it", arguments: Databases.each)
  func seeks(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.stand(.ben, offers: nil, seeks: 4)
      let ask = try await scene.ask { $0.skills = ["public-speaking"] }
      let cards = try await scene.cards(ask)
      #expect(cards.map(\.mentor.id) == [scene.id(.ada)], "Cleo is at level 4 too")
      #expect(cards.first?.reasons.contains { $0.sentence.hasPrefix("Level 5 in ") && $0.sentence.hasSuffix(", you are at 4.") } == true)
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
      let offer = try await scene.pendingOffer(ask)
      let request = try await scene.do(.ada, ShowRequest(offer: offer.id))
      #expect(request.skills.map(\.level) == ["is at level 4"])
    }
  }

  @Test("what somebody helps others with says it before what they learn", arguments: Databases.each)
  func offers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.stand(.ben, offers: 3, seeks: 1)
      let ask = try await scene.ask { $0.skills = ["public-speaking"] }
      let sentences = try await scene.cards(ask).flatMap(\.reasons).map(\.sentence).filter { $0.contains("you are at") }
      #expect(sentences.count == 2 && sentences.allSatisfy { $0.hasSuffix("you are at 3.") }, "\(sentences)")
    }
  }
}

extension Scene {
  /// Says how far somebody is in public speaking.
  fileprivate func stand(_ role: Role, offers: Int?, seeks: Int?) async throws {
    let (org, person, world) = (org, id(role), world)
    try await store.write { tx in
      guard let skill = try Skill.slug("public-speaking", tx) else { throw Problem.notFound }
      try PersonSkills.set(
        person: person, org: org, offers: offers.map { [skill: $0] } ?? [:], seeks: seeks.map { [skill: $0] } ?? [:], by: nil, tx, world)
    }
  }
}
