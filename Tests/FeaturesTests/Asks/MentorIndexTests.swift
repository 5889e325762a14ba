import Kit
import Matching
import Store
import TandemTesting
import Testing
import Web

@testable import Features
@testable import Matching

@Suite("Mentors kept in memory")
struct MentorIndexTests {
  @Test("the page is the same with the index as without it", arguments: Databases.each)
  func same(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.addMentors(12)
      let asks = [try await scene.ask(), try await scene.ask(.ravi), try await scene.ask(.ada)]
      var plain: [Ranking] = []
      for ask in asks { plain.append(try await scene.ranking(ask)) }
      try await scene.makeIndexes()
      for (ask, before) in zip(asks, plain) {
        let after = try await scene.ranking(ask)
        #expect(after.ranked == before.ranked && !after.ranked.isEmpty)
      }
    }
  }

  @Test("a page costs the same statements for 3 and for 60 mentors in the index", arguments: Databases.each)
  func statements(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let ben = try await scene.browser(.ben)
      try await scene.makeIndexes()
      let few = try await scene.statements { _ = try await ben.get("/asks/\(ask)/mentors") }
      try await scene.addMentorsNamed(57)
      try await scene.makeIndexes()
      let many = try await scene.statements { _ = try await ben.get("/asks/\(ask)/mentors") }
      #expect(many.count == few.count && many.count <= 30, "\(many)")
    }
  }

  @Test("among hundreds the best is found wherever the skills alone would place them", arguments: Databases.each)
  func many(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.addMentorsAtOnce(230, level: 5)
      // Ben stands at 2: level 4 teaches him best, and every database row of level 5 comes before it.
      let ask = try await scene.ask()
      try #expect(await scene.ranking(ask).ranked.allSatisfy { $0.id != scene.id(.cleo).value })
      try await scene.makeIndexes()
      try #expect(await scene.ranking(ask).ranked.first?.id == scene.id(.cleo).value)
    }
  }

  @Test("whoever becomes a mentor is found at once, and would not be if the log were not followed", arguments: Databases.each)
  func following(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.makeIndexes()
      try await scene.addMentors(1)
      let ask = try await scene.ask()
      try #expect(await scene.ranking(ask).ranked.count == 3)
      try await scene.store.mentorIndexes.stopFollowing(scene.org, scene.store)
      try #expect(await scene.ranking(ask).ranked.count == 2)
    }
  }

  @Test("after every act the index that caught up knows what one made anew knows", arguments: Databases.each)
  func catchingUp(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.makeIndexes()
      var last = try await scene.known()
      var asked: ID<Ask>?
      func moves(_ what: String, _ act: () async throws -> Void) async throws {
        try await act()
        try await scene.store.mentorIndexes.catchUp([scene.org], scene.store, scene.world)
        let followed = try await scene.known()
        try await scene.makeIndexes()
        let fresh = try await scene.known()
        #expect(followed == fresh && followed != last, "\(what)")
        last = fresh
      }
      try await moves("a skill") { try await scene.teach(.cleo, level: 3) }
      try await moves("a weekly limit") { try await scene.do(.ada, SetAvailability.limited(to: 60)) }
      try await moves("an offer") {
        let ask = try await scene.ask()
        try await scene.do(.ben, SendOffers(ask: ask))
        asked = ask
      }
      try await moves("a no") {
        let offer = try await scene.pendingOffer(try #require(asked))
        try await scene.do(scene.role(of: offer.mentor), PassOnOffer(offer: offer.id))
      }
      try await moves("suspension") { try await scene.do(.omar, SuspendMember(person: scene.id(.cleo))) }
      try await moves("return") { try await scene.do(.omar, ReactivateMember(person: scene.id(.cleo))) }
      try await moves("a booking") {
        let ask = try await scene.ask()
        let start = try #require(try await scene.cards(ask).first?.next?.value)
        let mentor = try #require(try await scene.cards(ask).first?.mentor.id)
        try await scene.do(.ben, BookAsk(ask: ask, mentor: mentor, start: start))
      }
      try await moves("a new mentor") { try await scene.addMentors(1) }
      try await scene.rest(.cleo)
      try await scene.makeIndexes()
      last = try await scene.known()
      try await moves("the end of a rest") { try await scene.do(.cleo, ReturnFromPause()) }
    }
  }

  @Test("an index holds mentors of its organisation only, and each organisation has its own", arguments: Databases.each)
  func organisations(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.teach(.otto, level: 5)
      try await scene.makeIndexes()
      let own = Set(try await scene.known().map(\.id))
      #expect(own == [scene.id(.ada).value, scene.id(.cleo).value])
      let other = try #require(scene.store.mentorIndexes.index(of: scene.other, at: scene.world.now()))
      #expect((0..<other.ranks.count).map { other.ranks.id[$0] } == [scene.id(.otto).value])
      // What happens in one organisation changes nothing in the index of another.
      try await scene.teach(.otto, level: 2)
      let ask = try await scene.ask()
      try #expect(await scene.ranking(ask).ranked.allSatisfy { own.contains($0.id) })
    }
  }

  @Test("too many changes, or an index nobody kept up, and the database is read", arguments: Databases.each)
  func fallingBack(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.makeIndexes()
      try await scene.addMentors(3)
      try await scene.fillLog(MentorIndex.mostChanges)
      let ask = try await scene.ask()
      try #expect(await scene.ranking(ask).ranked.count == 5)
      let index = try #require(scene.store.mentorIndexes.index(of: scene.org, at: scene.world.now()))
      try #expect(await scene.store.read { tx in try index.changes(tx) == nil })
      scene.clock.advance(.hours(3))
      #expect(scene.store.mentorIndexes.index(of: scene.org, at: scene.world.now()) == nil)
      try #expect(await scene.ranking(ask).ranked.count == 5)
    }
  }

  @Test("two processes on one database both follow what the other does", arguments: Databases.each)
  func twoProcesses(_ database: Databases.Kind) async throws {
    // Two processes may share PostgreSQL only.
    guard database == .postgres else { return }
    try await database.withAddress { url in
      let one = try await Store.open(url, logger: Databases.quiet)
      try await Migrator(Features.migrations).migrate(one, now: Instant(seconds: 1_800_000_000))
      let scene = try await Scene.on(one)
      let two = try await Store.open(url, logger: Databases.quiet)
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      for store in [one, two] { try await store.mentorIndexes.make(store, scene.world) }
      try await scene.addMentors(2)
      for store in [one, two] { try #expect(await scene.ranking(ask, in: store).ranked.count == 4) }
      try await two.mentorIndexes.catchUp([scene.org], two, scene.world)
      try await scene.do(.omar, SuspendMember(person: scene.id(.cleo)))
      for store in [one, two] { try #expect(await scene.ranking(ask, in: store).ranked.count == 3) }
      await two.close()
      await one.close()
    }
  }
}

extension Scene {
  func makeIndexes() async throws { try await store.mentorIndexes.make(store, world) }

  /// The ranking of an ask as a process with this database sees it.
  func ranking(_ ask: ID<Ask>, in store: Store? = nil) async throws -> Ranking {
    let (org, world) = (org, world)
    return try await (store ?? self.store).read { tx in
      guard let ask = try Ask.find(ask, org: org, tx) else { throw Problem.notFound }
      return try RankMentors.rank(ask, tx, world).ranking
    }
  }

  /// What the index of the first organisation knows of each mentor, by id.
  func known() async throws -> [Candidate] {
    guard let index = store.mentorIndexes.index(of: org, at: world.now()) else { throw Problem.notFound }
    let nobody = Candidate.Pair(slots: nil, isBlocked: false)
    return (0..<index.ranks.count).map { index.ranks.candidate($0, pair: nobody) }.sorted { $0.id < $1.id }
  }

  /// Many mentors with hours, in two transactions.
  func addMentorsAtOnce(_ count: Int, level: Int) async throws {
    let (org, world) = (org, world)
    try await store.write { tx in
      guard let skill = try Skill.slug("public-speaking", tx) else { throw Problem.notFound }
      for number in 0..<count {
        var member = CreateMember(email: "all\(number)@north.example", name: "One of many \(number)", zone: "Europe/Berlin")
        member.roles = [.member, .mentor]
        let person = try member(tx, org: org, by: nil, origin: "command", world)
        try PersonSkills.set(person: person, org: org, offers: [skill: level], seeks: [:], by: nil, tx, world)
        guard let mentor = try Addressee.find(person, org: org, tx) else { throw Problem.notFound }
        var hours = SetAvailability()
        hours.weekly = [.monday, .tuesday].map { .init(weekday: $0, from: "09:00", to: "11:00") }
        _ = try hours(tx, mentor.viewer(.command), world)
      }
    }
  }

  /// Entries that name nobody who mentors.
  func fillLog(_ count: Int) async throws {
    let (org, world, ben) = (org, world, id(.ben))
    try await store.write { tx in
      for _ in 0...count { try tx.record(org: org, actor: ben, origin: "command", "person.seen", ben, [:], world) }
    }
  }

  /// A mentor rests; no entry of the log, as in a database that was restored.
  func rest(_ role: Role) async throws {
    let (org, world, person) = (org, world, id(role))
    try await store.write { tx in
      let id: ID<MentorPauseRow> = world.id()
      _ = try tx.run("INSERT INTO mentor_pause (org_id, id, person_id, began_at) VALUES (\(org), \(id), \(person), \(world.now()))")
    }
  }
}

extension MentorIndexes {
  /// Makes the index believe that it has seen all of the log.
  func stopFollowing(_ org: ID<Organisation>, _ store: Store) async throws {
    guard let index = index(of: org, at: Kit.Instant(microseconds: 0)) else { return }
    let seen = try await store.read { tx in try MentorChanges.entries(org: org, since: index.madeAt, limit: 10_000, tx).map(\.id) }
    keep(MentorIndex(org: org, ranks: index.ranks, madeAt: index.madeAt, seen: Set(seen)))
  }
}

extension SetAvailability {
  /// Working hours with a weekly limit.
  static func limited(to minutes: Int) -> SetAvailability {
    var hours = SetAvailability()
    hours.weekly = [.init(weekday: .monday, from: "09:00", to: "17:00"), .init(weekday: .tuesday, from: "09:00", to: "17:00")]
    hours.weeklyMinutes = minutes
    return hours
  }
}
