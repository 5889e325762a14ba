import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Admin", .serialized)
struct AdminTests {
  @Test("each page answers an administrator as page and JSON, and nobody else", arguments: Databases.each)
  func pages(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (omar, mara) = (try await scene.browser(.omar), try await scene.browser(.mara))
      for path in ["/admin", "/admin/health", "/admin/mail", "/admin/audit", "/admin/backups", "/admin/organisation"] {
        let page = try await omar.get(path)
        #expect(page.status == 200 && page.body.contains("<h1>"), "\(path)")
        #expect(try await omar.getJSON(path).status == 200)
        #expect(try await mara.get(path).status == 403)
        #expect(try await scene.stranger.get(path).status == 303)
        #expect(try await scene.stranger.getJSON(path).status == 401)
      }
    }
  }

  @Test("S37 the activity log shows only its organisation, by pages and filters, at a constant cost", arguments: Databases.each)
  func audit(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      let few = try await scene.statements { _ = try await omar.get("/admin/audit") }.count
      scene.clock.advance(.minutes(1))
      for _ in 0..<30 {
        try await scene.do(.omar, SuspendMember(person: scene.id(.ben)))
        try await scene.do(.omar, ReactivateMember(person: scene.id(.ben)))
      }
      #expect(try await scene.statements { _ = try await omar.get("/admin/audit") }.count == few)
      let first = try await omar.getJSON("/admin/audit?kind=person")
      #expect(first.json["items"].count == 50 && first.json["items"][0]["what"].text == "Person reactivated")
      #expect(first.json["items"][0]["object"].text == "Ben Learner")
      let next = try await omar.getJSON(try #require(first.json["next_href"].text))
      #expect(next.json["items"].count == 16)
      #expect(try await omar.getJSON("/admin/audit?from=2026-11-24").json["items"].count == 0)
      let csv = try await omar.get("/admin/audit.csv")
      #expect(csv.body.contains("Person suspended") && !csv.body.contains("Othermarker"))
    }
  }

  @Test("a line of the log names people and titles, at a constant cost, and a filtered log says whose it is", arguments: Databases.each)
  func about(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      try await scene.lunch()
      _ = try await scene.book()
      let few = try await scene.statements { _ = try await omar.get("/admin/audit") }.count
      _ = try await scene.book(.ravi, at: scene.noon(2))
      try await scene.do(
        .ada,
        OpenGroup(
          kind: .group, title: "Speaking freely", about: nil, date: "2026-11-26", time: "15:00", minutes: 60, seats: 4, link: nil))
      #expect(try await scene.statements { _ = try await omar.get("/admin/audit") }.count == few)
      let sessions = try await omar.getJSON("/admin/audit?kind=session").json["items"].items.compactMap { $0["object"].text }
      #expect(Set(sessions) == ["Session of Ben Learner with Ada Mentor", "Session of Ravi Member with Ada Mentor"])
      #expect(try await omar.getJSON("/admin/audit?kind=group").json["items"][0]["object"].text == "Group session: Speaking freely")
      let name: KeyValuePairs = ["name": "Northwind", "zone": "Europe/Berlin", "late_cancel_hours": "7"]
      #expect(try await omar.post("/admin/organisation", name).status == 303)
      let other = try await omar.getJSON("/admin/audit?kind=organisation").json["items"][0]
      #expect(other["object"].text == "Organisation \(scene.org)" && other["detail"].text == "late cancel hours 7, zone Europe/Berlin")
      let ofAda = try await omar.get("/admin/audit?actor=\(scene.id(.ada))")
      #expect(ofAda.body.contains("What Ada Mentor did, newest first") && ofAda.body.contains(">Everybody</option>"))
      #expect(ofAda.body.contains("Speaking freely") && !ofAda.body.contains("Session of Ravi Member"))
      #expect(try await omar.get("/admin/audit?actor=&kind=group").body.contains("Newest first"))
    }
  }

  @Test("where several organisations share an installation, its health names the keys to set on the server", arguments: Databases.each)
  func shared(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let rows = await Health(site: scene.site).rows()
      let address = try #require(rows.first { $0.name == "Address" })
      #expect(address.fix?.contains("TANDEM_SERVER_BASE_URL") == true && address.href == nil)
      let mail = try #require(rows.first { $0.name == "Mail" })
      #expect(mail.fix == nil || mail.fix?.contains("mail.url") == true)
    }
  }

  @Test("what the activity log says can neither be changed nor taken out", arguments: Databases.each)
  func appendOnly(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.omar, SuspendMember(person: scene.id(.ben)))
      let count = { try await scene.store.read { tx in try tx.count("SELECT count(*) FROM activity WHERE verb = 'person.suspended'") } }
      try await #expect(count() == 1)
      let statements: [SQL] = ["UPDATE activity SET verb = 'person.praised'", "DELETE FROM activity", "DELETE FROM activity WHERE at > 0"]
      for statement in statements {
        await #expect(throws: (any Error).self) { try await scene.store.write { tx in try tx.run(statement) } }
      }
      try await #expect(count() == 1)
    }
  }

  @Test("a backup by a job holds the secret key, also where the data folder has none", arguments: Databases.each)
  func key(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      scene.clock.advance(.minutes(database == .sqlite ? 3 : 4))
      #expect(try await omar.post("/admin/backups").status == 303)
      try await scene.installation.worker(keeping: Array(repeating: 7, count: 32)).drain()
      let stamp = scene.clock.now.description.prefix(19).replacing(":", with: "").replacing("-", with: "")
      let file = BackupFolder(scene.site.settings).path + "/tandem-\(stamp)-manual.tar.gz"
      #expect(try Backup.verify(URL(fileURLWithPath: file)).keys == [Backup.secretName])
    }
  }

  @Test("an organisation asks for a few backups a day, and is told when it has had them", arguments: Databases.each)
  func backupsADay(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      func finish() async throws {
        scene.clock.advance(.minutes(1))
        try await scene.store.write { tx in _ = try tx.run("UPDATE job SET state = 'done' WHERE kind = \(MakeBackup.kind)") }
      }
      for _ in 0..<AskForBackup.perDay {
        #expect(try await omar.post("/admin/backups").status == 303)
        try await finish()
      }
      let refused = try await omar.postJSON("/admin/backups")
      #expect(refused.status == 409 && refused.json["code"].text == "backups_used_up")
      let page = try await omar.get("/admin/backups").body
      #expect(page.contains("backups a day can be asked for here") && !page.contains("Back up now"))
      #expect(try await scene.browser(.oskar).post("/admin/backups").status == 303, "another organisation has asked for none")
      try await finish()
      scene.clock.advance(.hours(24))
      #expect(try await scene.browser(.omar).post("/admin/backups").status == 303)
    }
  }

  @Test("a test message reaches its asker, and a backup is made by a job", arguments: Databases.each)
  func acts(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      // Both engines write into one data folder, under names that hold the time.
      scene.clock.advance(.minutes(database == .sqlite ? 1 : 2))
      #expect(try await omar.post("/admin/mail/test").status == 303)
      #expect(scene.outbox.to("omar@north.example").map(\.subject) == ["Test message from Tandem"])
      #expect(try await omar.post("/admin/backups").status == 303)
      #expect(try await omar.post("/admin/backups").status == 409)
      try await scene.work()
      #expect(BackupFolder(scene.site.settings).files.contains { $0.name.hasSuffix("-manual.tar.gz") })
      #expect(try await omar.post("/admin/backups").status == 303)
    }
  }
}
