import Crypto
import Foundation
import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct PushTests {
  private static let endpoint = "https://push.example/device/1"

  private func add(_ browser: Browser, _ endpoint: String = Self.endpoint) async throws -> Browser.Answer {
    let key = Array(P256.KeyAgreement.PrivateKey().publicKey.x963Representation).base64URL
    return try await browser.postJSON(
      "/you/push", "{\"endpoint\":\"\(endpoint)\",\"p256dh\":\"\(key)\",\"auth\":\"\(Array(repeating: 9 as UInt8, count: 16).base64URL)\"}")
  }

  private func answer(_ scene: Scene, _ status: Int) { scene.internet.answer(Self.endpoint, .success(FetchAnswer(status: status))) }

  @Test("a booking reaches the browser of whoever switched push on, sealed and signed, once", arguments: Databases.each)
  func arrives(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      try await #expect(add(ben).status == 200)
      answer(scene, 201)
      _ = try await scene.book()
      try await scene.work()
      try await scene.work()
      let asked = scene.internet.asked
      #expect(asked.count == 1 && asked.first?.url == Self.endpoint && asked.first?.redirects == 0)
      let headers = Dictionary(uniqueKeysWithValues: (asked.first?.headers ?? []).map { ($0.name, $0.value) })
      #expect(headers["Content-Encoding"] == "aes128gcm" && headers["TTL"] == "1800" && headers["Urgency"] == "high")
      #expect(headers["Authorization"]?.hasPrefix("vapid t=") == true)
      #expect(asked.first?.body.count ?? 0 > 86 && !String(decoding: asked.first?.body ?? [], as: UTF8.self).contains("Booked"))
    }
  }

  @Test("an address that the push service has forgotten is removed; one that is away is asked again", arguments: Databases.each)
  func gone(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      _ = try await add(ben)
      answer(scene, 503)
      _ = try await scene.book()
      try await scene.work()
      try await #expect(ben.getJSON("/you/push").json["devices"].count == 1)
      answer(scene, 410)
      scene.clock.advance(.minutes(2))
      try await scene.work()
      #expect(scene.internet.asked.count == 2)
      try await #expect(ben.getJSON("/you/push").json["devices"].count == 0)
    }
  }

  @Test("who gets sessions by push alone hears by mail, once, that the last device takes none any more", arguments: Databases.each)
  func lastDevice(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      _ = try await add(ben)
      _ = try await add(ben, Self.endpoint + "-other")
      try await scene.do(.ben, SetNotifications(topics: ["request", "learning", "program"], quietFrom: "21:00", quietTo: "07:30"))
      try await #expect(ben.getJSON("/you/notifications").json["unheard"].text == nil)
      answer(scene, 410)
      scene.internet.answer(Self.endpoint + "-other", .success(FetchAnswer(status: 201)))
      _ = try await scene.book()
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").isEmpty)
      scene.internet.answer(Self.endpoint + "-other", .success(FetchAnswer(status: 410)))
      _ = try await scene.book(at: scene.noon(2))
      try await scene.work()
      let mails = scene.outbox.to("ben@north.example")
      #expect(mails.map(\.subject) == ["Push messages reach none of your devices any more"])
      #expect(mails.first?.text.contains("Mail is off for “Sessions”") == true)
      try await #expect(ben.getJSON("/you/notifications").json["unheard"].text == "“Sessions”")
      try await #expect(ben.get("/you/notifications").body.contains("No device of yours takes push messages"))
      _ = try await scene.book(at: scene.noon(3))
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").count == 1)
    }
  }

  @Test("whoever took the last device off while a message was under way is not mailed about it", arguments: Databases.each)
  func takenOff(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      _ = try await add(try await scene.browser(.ben))
      try await scene.do(.ben, SetNotifications(topics: ["request", "learning", "program"], quietFrom: "21:00", quietTo: "07:30"))
      _ = try await scene.book()
      let (store, org, ben) = (scene.store, scene.org, scene.id(.ben))
      let fetcher = Fetcher { _ throws(FetchError) in
        _ = try? await store.write { tx in try tx.run("DELETE FROM push_device WHERE org_id = \(org) AND person_id = \(ben)") }
        return FetchAnswer(status: 410)
      }
      let (settings, mailer) = scene.site.configured
      let installation = try Installation(
        store: store, world: scene.world, mailer: mailer, fetcher: fetcher, settings: settings, secret: Array(repeating: 7, count: 32),
        logger: Databases.quiet)
      try await installation.worker.drain()
      try await #expect(scene.browser(.ben).getJSON("/you/push").json["devices"].count == 0)
      #expect(scene.outbox.to("ben@north.example").isEmpty)
    }
  }

  @Test("what neither mail nor Today shows is told apart from what Today shows", arguments: Databases.each)
  func nowhere(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      let on = ["request", "learning", "program"]
      try await scene.do(
        .ben, SetNotifications(topics: ["learning", "program"], notices: on, quietFrom: "21:00", quietTo: "07:30"))
      let page = try await ben.getJSON("/you/notifications").json
      #expect(page["unheard"].text == "“Requests and my asks”" && page["unreached"].text == "“Sessions”")
      try await #expect(ben.get("/you/notifications").body.contains("off for “Sessions”: that reaches you nowhere."))

      _ = try await add(ben)
      let with = try await ben.getJSON("/you/notifications").json
      #expect(!with["unheard"].exists && !with["unreached"].exists)
      answer(scene, 410)
      _ = try await scene.book()
      try await scene.work()
      let text = try #require(scene.outbox.to("ben@north.example").first?.text)
      #expect(text.contains("“Requests and my asks”: that stands in Tandem alone now."))
      #expect(text.contains("“Sessions”: that reaches you nowhere now."))
    }
  }

  @Test("a test message leaves once a minute at most, and is not tried again", arguments: Databases.each)
  func test(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      _ = try await add(ben)
      answer(scene, 503)
      try await #expect(ben.post("/you/push/test").status == 303)
      try await scene.work()
      scene.clock.advance(.seconds(30))
      try await #expect(ben.postJSON("/you/push/test").status == 429)
      scene.clock.advance(.seconds(30))
      try await scene.work()
      #expect(scene.internet.asked.count == 1)
      try await #expect(ben.post("/you/push/test").status == 303)
      try await scene.work()
      #expect(scene.internet.asked.count == 2)
    }
  }

  @Test("push ends with the sign-in on that device, and with switching it off", arguments: Databases.each)
  func ends(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      _ = try await add(ben)
      answer(scene, 201)
      try await scene.do(.ben, SetNotifications(topics: ["session"], pushes: [], quietFrom: "21:00", quietTo: "07:30"))
      _ = try await scene.book()
      try await scene.work()
      #expect(scene.internet.asked.isEmpty)
      try await scene.do(.ben, SetNotifications(topics: [], pushes: ["session"], quietFrom: "21:00", quietTo: "07:30"))
      _ = try await scene.book(at: scene.noon(2))
      try await scene.work()
      #expect(scene.internet.asked.count == 1)
      _ = try await ben.post("/sign-out")
      _ = try await scene.book(at: scene.noon(3))
      try await scene.work()
      #expect(scene.internet.asked.count == 1)
    }
  }

  @Test("addresses in the own network, plain http and broken keys are refused; nobody removes another's", arguments: Databases.each)
  func refused(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      try await #expect(add(ben, "http://push.example/1").status == 422)
      try await #expect(add(ben, "https://push.example:8443/1").status == 422)
      try await #expect(
        ben.postJSON(
          "/you/push",
          "{\"endpoint\":\"https://p.example/1\",\"p256dh\":\"\(String(repeating: "A", count: 87))\",\"auth\":\"AAAAAAAAAAAAAAAAAAAAAA\"}"
        ).status == 422)
      _ = try await add(ben)
      let id = try #require(try await ben.getJSON("/you/push").json["devices"][0]["id"].text)
      try await #expect(scene.browser(.ada).post("/you/push/\(id)/remove").status == 404)
      try await #expect(ben.post("/you/push/\(id)/remove").status == 303)
    }
  }

  @Test("what is told also stands on Today until it is seen", arguments: Databases.each)
  func notices(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      _ = try await scene.book()
      try await scene.work()
      let ben = try await scene.browser(.ben)
      let today = try await ben.get("/")
      #expect(today.body.contains("New for you") && today.body.contains("Booked: Tue 24 Nov, 12:00 with Ada Mentor"))
      try await #expect(ben.getJSON("/notices").json["notices"].count == 1)
      try await #expect(ben.post("/notices/seen").status == 303)
      try await #expect(!ben.get("/").body.contains("New for you"))
      try await #expect(ben.get("/notices").body.contains("Booked"))
      try await #expect(scene.browser(.ravi).getJSON("/notices").json["notices"].count == 0)
    }
  }
}
