import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Leaving")
struct LeavingTests {
  @Test(
    "who leaves has no session to come, and the other hears of it with a calendar CANCEL", arguments: Databases.each, ["suspend", "remove"])
  func sessions(_ database: Databases.Kind, _ act: String) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let session = try await scene.book()
      try await scene.work()
      scene.outbox.clear()
      #expect(try await scene.browser(.omar).post("/members/\(scene.id(.ada))/\(act)").status == 303)
      try await scene.work()
      #expect(try await scene.session(session).state == .cancelled)
      #expect(try await scene.occupied(session) == 0)
      let told = try #require(scene.outbox.to("ben@north.example").first)
      #expect(told.calendar?.method == .cancel)
      #expect(try await scene.breaches() == [])
    }
  }

  @Test("the page says what suspending ends, and asks about it", arguments: Databases.each)
  func told(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let page = try await scene.browser(.omar).get("/members/\(scene.id(.ben))")
      #expect(page.body.contains("call off the sessions they have booked and withdraw their asks, drafts too"))
      #expect(!page.body.contains("keeps everything"))
      let asked = try await scene.do(.omar, ShowMember(person: scene.id(.ben))).suspendForm?.confirm
      #expect(asked == "Withdraws their asks, drafts too. Requests to them go to other mentors.", "what there is none of is not named")
      try await scene.do(.omar, SuspendMember(person: scene.id(.ben)))
      let removal = try await scene.do(.omar, ShowMember(person: scene.id(.ben))).removeForm?.confirm
      #expect(removal == "What they wrote with others stays.", "the rest is over already")
    }
  }

  @Test("the question before it counts what ends, and the way back does not promise it again", arguments: Databases.each)
  func numbers(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let session = try await scene.book()
      let group = try await scene.do(
        .ada,
        OpenGroup(
          kind: .group, title: "Speaking freely", about: nil, date: "2026-11-26", time: "15:00", minutes: 60, seats: 4, link: nil)
      ).id
      for role in [Scene.Role.ben, .ravi] { try await scene.do(role, TakeSeat(group: group)) }
      _ = try await scene.browser(.ada)
      let ofAda = try await scene.do(.omar, ShowMember(person: scene.id(.ada))).suspendForm?.confirm
      #expect(ofAda?.hasPrefix("Signs them out of 1 browser. Cancels 1 booked session and 1 group session with 2 seats taken.") == true)
      let ofBen = try await scene.do(.omar, ShowMember(person: scene.id(.ben))).removeForm?.confirm
      #expect(ofBen?.contains("Cancels 1 booked session. Cancelled sessions stay cancelled. Gives back 1 seat or place in line.") == true)
      #expect(ofBen?.contains("0 ") == false)
      let omar = try await scene.browser(.omar)
      let suspended = try await omar.follow(try await omar.post("/members/\(scene.id(.ada))/suspend"))
      #expect(suspended.body.contains("Cancelled sessions stay cancelled.") && suspended.body.contains(">Make active again</button>"))
      #expect(!suspended.body.contains(">Undo<"))
      #expect(try await omar.post("/members/\(scene.id(.ada))/reactivate").status == 303)
      #expect(try await scene.session(session).state == .cancelled)
      let removed = try await omar.follow(try await omar.post("/members/\(scene.id(.cleo))/remove"))
      #expect(removed.body.contains("Cleo Mentor has left.") && !removed.body.contains("stay cancelled"))
    }
  }

  @Test("a session that is over stays as it was", arguments: Databases.each)
  func past(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let session = try await scene.book()
      scene.clock.set(try await scene.session(session).end + .minutes(1))
      try await scene.do(.omar, RemoveMember(person: scene.id(.ada)))
      #expect(try await scene.session(session).state == .booked)
    }
  }

  @Test("a mentor's open requests go to the next best; an asker's open asks end", arguments: Databases.each)
  func asks(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
      try await scene.do(.omar, SuspendMember(person: scene.id(.ada)))
      #expect(try await scene.pendingOffer(ask).mentor == scene.id(.cleo))
      try await scene.do(.omar, RemoveMember(person: scene.id(.ben)))
      #expect(try await scene.state(ask) == .withdrawn)
      #expect(try await scene.offers(ask).allSatisfy { !$0.state.isPending })
      #expect(try await scene.breaches() == [])
    }
  }

  @Test("an ask whose session is called off by leaving ends as well", arguments: Databases.each)
  func bookedAsk(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let start = try #require(try await scene.cards(ask).first?.slots.first?.value)
      let mentor = try #require(try await scene.cards(ask).first?.mentor.id)
      try await scene.do(.ben, BookAsk(ask: ask, mentor: mentor, start: start))
      try await scene.do(.omar, RemoveMember(person: scene.id(.ben)))
      #expect(try await scene.state(ask) == .withdrawn)
    }
  }
}
