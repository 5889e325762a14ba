import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Asks whose session did not take place")
struct ReleasedAskTests {
  /// Ben's ask, booked with Ada.
  private func booked(_ scene: Scene) async throws -> (ask: ID<Ask>, session: ID<Session>) {
    try await scene.openForMentoring()
    let ask = try await scene.ask()
    return (ask, try await book(ask, scene))
  }

  private func book(_ ask: ID<Ask>, _ scene: Scene) async throws -> ID<Session> {
    let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
    let start = try #require(card.next).value
    return try await scene.do(.ben, BookAsk(ask: ask, mentor: scene.id(.ada), start: start)).session
  }

  /// Ada is there and says that Ben is not.
  private func miss(_ session: ID<Session>, _ scene: Scene) async throws {
    scene.clock.set(try await scene.session(session).start + .minutes(11))
    try await scene.do(.ada, CheckIn(session: session))
    try await scene.do(.ada, MarkNoShow(session: session))
  }

  private func setEnd(of ask: ID<Ask>, to end: Instant, _ scene: Scene) async throws {
    let org = scene.org
    try await scene.store.write { tx in try tx.run("UPDATE ask SET expires_at = \(end) WHERE org_id = \(org) AND id = \(ask)") }
  }

  private func find(_ ask: ID<Ask>, _ scene: Scene) async throws -> Ask {
    let org = scene.org
    return try #require(try await scene.store.read { tx in try Ask.find(ask, org: org, tx) })
  }

  @Test("after a no-show the ask is open, and another time can be chosen to the end", arguments: Databases.each)
  func missed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, session) = try await booked(scene)
      try await miss(session, scene)
      #expect(try await scene.state(ask) == .open)
      let card = try #require(try await scene.cards(ask).first { $0.mentor.id == scene.id(.ada) })
      let start = try #require(card.next).value
      let held = try await scene.do(.ben, HoldSlot(mentor: scene.id(.ada), start: start, minutes: 30, ask: ask)).id
      try await scene.do(.ben, BookHeld(session: held))
      #expect(try await scene.state(ask) == .booked)
      #expect(try await scene.breaches() == [])
    }
  }

  @Test("it is open too when only one was there at the end, or when somebody says that they did not meet", arguments: Databases.each)
  func ended(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, first) = try await booked(scene)
      scene.clock.set(try await scene.session(first).start)
      try await scene.do(.ada, CheckIn(session: first))
      scene.clock.set(try await scene.session(first).end + .minutes(1))
      try await scene.work()
      #expect(try await scene.session(first).state == .noShow)
      #expect(try await scene.state(ask) == .open)
      let second = try await book(ask, scene)
      #expect(try await scene.state(ask) == .booked)
      scene.clock.set(try await scene.session(second).end + .minutes(1))
      try await scene.do(.ben, SayTookPlace(session: second, tookPlace: false))
      #expect(try await scene.state(ask) == .open)
    }
  }

  @Test("a dispute that ends as met takes the ask back from whoever was asked since, and its wrap-up answers it", arguments: Databases.each)
  func metAfterAll(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, session) = try await booked(scene)
      try await miss(session, scene)
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.cleo)))
      try await scene.do(.ben, RaiseDispute(session: session, words: "I was there."))
      try await scene.do(.mara, SettleDispute(dispute: session, outcome: .met))
      #expect(try await scene.state(ask) == .booked)
      #expect(try await scene.offers(ask).map(\.state) == [.withdrawn])
      try await scene.do(.ada, WrapUp(session: session, insight: "Begin with the decision."))
      #expect(try await scene.state(ask) == .answered)
      #expect(try await scene.breaches() == [])
    }
  }

  @Test("a dispute that ends as excused opens the ask, unless it has another session by then", arguments: Databases.each)
  func excused(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, first) = try await booked(scene)
      try await miss(first, scene)
      let second = try await book(ask, scene)
      try await scene.do(.ben, RaiseDispute(session: first, words: "The link was wrong."))
      try await scene.do(.mara, SettleDispute(dispute: first, outcome: .excused))
      #expect(try await scene.state(ask) == .booked)
      try await miss(second, scene)
      let org = scene.org
      // As a no-show left it before it opened the ask.
      try await scene.store.write { tx in
        try tx.run("UPDATE ask SET state = 'booked', session_id = \(second) WHERE org_id = \(org) AND id = \(ask)")
      }
      try await scene.do(.ben, RaiseDispute(session: second, words: "The link was wrong again."))
      try await scene.do(.mara, SettleDispute(dispute: second, outcome: .excused))
      #expect(try await scene.state(ask) == .open)
    }
  }

  @Test("an ask that is open again after its own end gets a new one, and ends then", arguments: Databases.each)
  func newEnd(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (ask, session) = try await booked(scene)
      let opened = scene.world.now()
      try await setEnd(of: ask, to: opened + .minutes(30), scene)
      scene.clock.advance(.hours(1))
      try await scene.do(.ben, CancelSession(session: session))
      let found = try await find(ask, scene)
      let lasts = Span.days(found.settings.expiryDays)
      let end = scene.world.now() + lasts
      #expect(found.state == .open && found.expiresAt == end)
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
      #expect(try await scene.pendingOffer(ask).dueAt > scene.world.now())
      scene.clock.set(opened + lasts + .minutes(1))
      try await scene.work()
      #expect(try await find(ask, scene).state.isWaiting, "the end that was planned first no longer counts")
      scene.clock.set(end + .minutes(1))
      try await scene.work()
      #expect(try await scene.state(ask) == .expired)
    }
  }

  @Test("an ask whose end is past goes to nobody new", arguments: Databases.each)
  func over(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
      let offer = try await scene.pendingOffer(ask)
      try await setEnd(of: ask, to: scene.world.now() + .minutes(30), scene)
      scene.clock.advance(.hours(1))
      try await scene.do(.ada, PassOnOffer(offer: offer.id))
      #expect(try await scene.offers(ask).map(\.state) == [.passed])
    }
  }

  @Test("an ask does not end while a mentor is asked whether an hour of it suits them", arguments: Databases.each)
  func waitsForYes(_ database: Databases.Kind) async throws {
    for saysYes in [true, false] {
      try await Scene.with(database) { scene in
        try await scene.openForMentoring()
        let week = DayOfWeek.allCases.map { SetAvailability.Window(weekday: $0, from: "09:00", to: "17:00") }
        try await scene.do(.ada, SetAvailability(weekly: week, confirms: true))
        let ask = try await scene.ask()
        let session = try await book(ask, scene)
        #expect(try await scene.session(session).isPending(scene.world.now()))
        try await setEnd(of: ask, to: scene.world.now() + .minutes(30), scene)
        scene.clock.advance(.hours(1))
        let (org, world) = (scene.org, scene.world)
        try await scene.store.write { tx in try ExpireAsk(ask: ask)(tx, org: org, world) }
        #expect(try await scene.state(ask) == .open)
        if saysYes {
          try await scene.do(.ada, ConfirmSession(session: session))
          #expect(try await scene.state(ask) == .booked)
        } else {
          try await scene.do(.ada, DeclineSession(session: session))
          try await scene.pass(.days(3))
          #expect(try await scene.state(ask) == .expired)
        }
      }
    }
  }
}
