import Jobs
import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("When calendars are asked")
struct BusyFeedTurnTests {
  private static let url = "https://calendar.example/private-4711.ics"
  private static let calendar =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:1@elsewhere\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261124T110000Z\r\nDTEND:20261124T113000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

  private func add(_ scene: Scene) async throws {
    try await #expect(scene.browser(.ada).post("/calendar/feeds", ["url": Self.url]).status == 303)
  }

  private func fail(_ scene: Scene) { scene.internet.answer(Self.url, .success(FetchAnswer(status: 500))) }

  /// Goes on by some turns; returns those at which the calendar was asked, counted from here.
  private func turns(_ scene: Scene, _ count: Int) async throws -> [Int] {
    var asked: [Int] = []
    let world = scene.world
    for turn in 1...count {
      scene.clock.advance(BusyFeed.turn)
      let (before, key) = (scene.internet.asked.count, "turn \(scene.clock.now.seconds)")
      try await scene.store.write { tx in try tx.enqueue(ReadBusyFeeds(), for: nil, key: key, at: world.now(), world) }
      try await scene.work()
      asked += Array(repeating: turn, count: scene.internet.asked.count - before)
    }
    return asked
  }

  private func jobs(_ scene: Scene) async throws -> Int {
    try await scene.store.read { tx in try tx.count("SELECT count(*) FROM job WHERE kind = \(ReadBusyFeed.kind)") }
  }

  private func readNow(_ scene: Scene) async throws {
    let ada = try await scene.browser(.ada)
    let id = try #require(try await ada.getJSON("/calendar").json["feeds"][0]["id"].text)
    try await #expect(ada.post("/calendar/feeds/\(id)/read").status == 303)
    try await scene.work()
  }

  /// As after a dozen attempts that ended with the program.
  private func giveUp(_ scene: Scene) async throws {
    let now = scene.clock.now
    try await scene.store.write { tx in
      try tx.run("UPDATE job SET state = 'dead', finished_at = \(now) WHERE kind = \(ReadBusyFeed.kind)")
    }
  }

  private func nextTry(_ scene: Scene) async throws -> String? {
    try await scene.browser(.ada).getJSON("/calendar").json["feeds"][0]["next_try"]["time"].text
  }

  @Test("a calendar has one job, while it waits for its turn as well as after many", arguments: Databases.each)
  func oneJob(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      scene.internet.answer(Self.url, Self.calendar)
      try await add(scene)
      let world = scene.world
      // Others are before it: nothing of it is done.
      let busy = scene.installation.worker.replacing([JobHandler(ReadBusyFeed.self) { _, _ in throw JobFailure.later("Not yet.") }])
      for turn in 1...4 {
        scene.clock.advance(BusyFeed.turn)
        try await scene.store.write { tx in try tx.enqueue(ReadBusyFeeds(), for: nil, key: "slow \(turn)", at: world.now(), world) }
        try await busy.drain()
        try await #expect(jobs(scene) == 1)
      }
      #expect(scene.internet.asked.isEmpty)
      try await readNow(scene)
      #expect(scene.internet.asked.count == 1)
      try await #expect(turns(scene, 4) == [1, 2, 3, 4])
      try await #expect(jobs(scene) == 1)
    }
  }

  @Test("one that fails is asked less often, and at each turn once it succeeds; the page says when", arguments: Databases.each)
  func backsOff(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      fail(scene)
      try await add(scene)
      try await scene.work()
      try await #expect(turns(scene, 16) == [1, 3, 7, 11, 15])
      // The next wait is an hour, from 11:45 in London; Ada is in Berlin.
      try await #expect(nextTry(scene) == "13:45")
      let page = try await scene.browser(.ada).get("/calendar").body
      #expect(page.contains("We try again") && page.contains("13:45"))

      let asked = scene.internet.asked.count
      try await readNow(scene)
      #expect(scene.internet.asked.count == asked + 1)
      try await #expect(nextTry(scene) == "13:45")

      scene.clock.advance(.minutes(5))
      scene.internet.answer(Self.url, Self.calendar)
      try await readNow(scene)
      try await #expect(nextTry(scene) == nil)
      try await #expect(!scene.browser(.ada).get("/calendar").body.contains("We try again"))
      try await #expect(turns(scene, 2) == [1, 2])
      fail(scene)
      try await #expect(turns(scene, 4) == [1, 2, 4])
    }
  }

  @Test("it waits an hour at most until its owner is told, from then on ever longer, a day at most", arguments: Databases.each)
  func bounds(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      fail(scene)
      try await add(scene)
      try await scene.work()
      let told = { scene.outbox.to("ada@north.example").count { $0.subject.contains("cannot be read") } }
      try await #expect(turns(scene, 95) == [1, 3] + Array(stride(from: 7, through: 95, by: 4)))
      #expect(told() == 0)
      try await #expect(turns(scene, 1) == [1])
      #expect(told() == 1)
      try await #expect(turns(scene, 224) == [4, 8, 16, 32, 64, 128, 224])
      #expect(told() == 1)
    }
  }

  @Test("a reading that was given up begins anew when somebody wants it or the zone changes, and after a day", arguments: Databases.each)
  func givenUp(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      scene.internet.answer(Self.url, Self.calendar)
      try await add(scene)
      try await scene.work()
      scene.clock.advance(.minutes(5))
      try await giveUp(scene)
      try await readNow(scene)
      #expect(scene.internet.asked.count == 2)

      try await giveUp(scene)
      let (org, ada, world) = (scene.org, scene.id(.ada), scene.world)
      try await scene.store.write { tx in try ChangedZone.follow(ada, org: org, tx, world) }
      try await scene.work()
      #expect(scene.internet.asked.count == 3)

      try await giveUp(scene)
      try await #expect(turns(scene, 97) == [96, 97])
    }
  }

  @Test("a fault of ours while it is read counts as a failure, and its owner sees it", arguments: Databases.each)
  func fault(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      scene.internet.answer(Self.url, Self.calendar)
      try await scene.store.write { tx in try tx.run("DROP TABLE busy_time") }
      try await add(scene)
      try await scene.work()
      let feed = try await scene.browser(.ada).getJSON("/calendar").json["feeds"][0]
      #expect(feed["failure"].text == "A fault of ours kept it from being read." && feed["next_try"]["time"].text == "09:15")
      try await #expect(turns(scene, 3) == [1, 3])
    }
  }

  @Test("one that was just asked is not asked again before a minute has passed", arguments: Databases.each)
  func minute(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      scene.internet.answer(Self.url, Self.calendar)
      try await add(scene)
      try await scene.work()
      try await readNow(scene)
      try await readNow(scene)
      #expect(scene.internet.asked.count == 1)
      scene.clock.advance(.minutes(1))
      try await scene.work()
      #expect(scene.internet.asked.count == 2)
      try await #expect(jobs(scene) == 1)
    }
  }

  @Test("one that was removed leaves no job behind", arguments: Databases.each)
  func removed(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await add(scene)
      let ada = try await scene.browser(.ada)
      let id = try #require(try await ada.getJSON("/calendar").json["feeds"][0]["id"].text)
      try await #expect(jobs(scene) == 1)
      try await #expect(ada.post("/calendar/feeds/\(id)/remove").status == 303)
      try await #expect(jobs(scene) == 0)
    }
  }
}
