import HTTPTypes
import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Settings of the installation")
struct InstallationSettingsTests {
  /// The scene with its first organisation alone.
  private func alone(_ database: Databases.Kind, _ body: (Scene, Browser) async throws -> Void) async throws {
    try await Scene.with(database) { scene in
      let other = scene.other
      try await scene.store.write { tx in _ = try tx.run("DELETE FROM person WHERE org_id = \(other)") }
      try await body(scene, try await scene.browser(.omar))
    }
  }

  private func save(_ browser: Browser, _ address: String, from origin: String) async throws -> Browser.Answer {
    try await browser.send(
      .post, "/admin/mail/address",
      headers: [
        .accept: "text/html", .contentType: "application/x-www-form-urlencoded", .origin: origin,
        HTTPField.Name("Sec-Fetch-Site") ?? .accept: "same-origin",
      ], body: "address=\(address)")
  }

  private let server: KeyValuePairs = [
    "server": "mail.north.example", "security": "starttls", "port": "", "username": "tandem", "password": "geese over the fen",
    "from": "Tandem <tandem@north.example>",
  ]

  @Test("where several organisations share an installation, none of them sets its address or mail", arguments: Databases.each)
  func shared(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      #expect(try await omar.post("/admin/mail/server", server).status == 403)
      #expect(try await omar.post("/admin/mail/address", ["address": "https://tandem.north.example"]).status == 403)
      #expect(try await omar.get("/admin/mail").body.contains(InstallationSettings.sharedWords))
      #expect(scene.site.settings.baseURL == "http://127.0.0.1:8080")
    }
  }

  @Test("a database keeps to the secret key of its first server until another is adopted", arguments: Databases.each)
  func secretKey(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (first, other) = (Keys(secret: Array(repeating: 1, count: 32)), Keys(secret: Array(repeating: 2, count: 32)))
      let world = scene.world
      let known = try await scene.store.write { tx in
        let before = try InstallationKey.isHeld(other, tx)
        return try [
          before, InstallationKey.isKnown(first, tx, world), InstallationKey.isKnown(other, tx, world), InstallationKey.isHeld(first, tx),
        ]
      }
      #expect(known == [true, true, false, true])
      let after = try await scene.store.write { tx in
        try InstallationKey.adopt(other, tx, world)
        return try [InstallationKey.isKnown(other, tx, world), InstallationKey.isHeld(first, tx)]
      }
      #expect(after == [true, false])
    }
  }

  @Test("an address is taken only from a browser that is there, and whoever sets it stays signed in", arguments: Databases.each)
  func address(_ database: Databases.Kind) async throws {
    try await alone(database) { scene, omar in
      let elsewhere = try await save(omar, "https://tandem.north.example", from: "http://127.0.0.1:8080")
      #expect(elsewhere.status == 422 && elsewhere.body.contains("You are at http://127.0.0.1:8080."))
      for wrong in ["tandem", "ftp://tandem.north.example", "https://tandem.north.example/x", "http://tandem.north.example"] {
        #expect(try await save(omar, wrong, from: wrong).status == 422, "\(wrong)")
      }
      let there = try await save(omar, "HTTPS://Tandem.north.example/", from: "https://tandem.north.example")
      #expect(there.status == 303)
      #expect(there.headers[values: .setCookie].contains { $0.hasPrefix("__Host-tandem=") && $0.contains("Secure") })
      #expect(scene.site.settings.baseURL == "https://tandem.north.example")
    }
  }

  @Test("mail set on a page is used at once; its password is kept closed and never shown", arguments: Databases.each)
  func mail(_ database: Databases.Kind) async throws {
    try await alone(database) { scene, omar in
      #expect(try await omar.post("/admin/mail/server", server).status == 303)
      #expect(scene.site.settings.hasMailServer && scene.site.settings.mailFrom == "Tandem <tandem@north.example>")
      #expect(scene.site.mailer.summary == "smtp+starttls://mail.north.example:587 as tandem")
      let kept = try await scene.store.read { tx in try tx.values("SELECT value FROM installation_setting", as: String.self) }
      #expect(kept.count == 4 && !kept.contains { $0.contains("geese") })
      let keys = scene.site.keys
      let stored = try await scene.store.read { tx in try InstallationSettings.read(tx, keys) }
      #expect(stored[.mailPassword] == "geese over the fen")
      let strange = Keys(secret: Array(repeating: 9, count: 32))
      #expect(try await scene.store.read { tx in try InstallationSettings.read(tx, strange) }[.mailPassword] == nil)
      let page = try await omar.get("/admin/mail")
      #expect(page.body.contains("mail.north.example") && !page.body.contains("geese") && page.body.contains("One is kept."))
      #expect(
        try await omar.post("/admin/mail/server", ["server": "mail.north.example", "security": "none", "from": "a@north.example"]).status
          == 422)
      #expect(
        try await omar.post("/admin/mail/server", ["server": "mail.north.example", "security": "tls", "from": "nobody"]).status == 422)
      #expect(
        try await omar.post("/admin/start/server", ["server": "", "security": "starttls", "from": "a@north.example"]).location
          == "/admin/start")
      #expect(!scene.site.settings.hasMailServer && scene.site.mailer.summary == "test")
    }
  }

  @Test("a kept password stays with its server, port, encryption and user; for another it is asked for", arguments: Databases.each)
  func keptPassword(_ database: Databases.Kind) async throws {
    try await alone(database) { scene, omar in
      #expect(try await omar.post("/admin/mail/server", server).status == 303)
      func change(
        _ host: String, _ security: String, _ port: String, _ user: String, _ password: String = ""
      ) async throws -> Browser.Answer {
        try await omar.post(
          "/admin/mail/server",
          [
            "server": host, "security": security, "port": port, "username": user, "password": password,
            "from": "Tandem <tandem@north.example>",
          ])
      }
      let others = [
        ("mail.evil.example", "starttls", "", "tandem"), ("mail.north.example", "starttls", "2525", "tandem"),
        ("mail.north.example", "tls", "", "tandem"), ("mail.north.example", "starttls", "", "mallory"),
      ]
      for (host, security, port, user) in others {
        let refused = try await change(host, security, port, user)
        #expect(refused.status == 422 && refused.body.contains("Enter the password"), "\(host) \(security) \(port) \(user)")
      }
      #expect(scene.site.mailer.summary == "smtp+starttls://mail.north.example:587 as tandem")
      // The usual port written out is the same server.
      #expect(try await change("Mail.north.example", "starttls", "587", "tandem").status == 303)
      let keys = scene.site.keys
      #expect(try await scene.store.read { tx in try InstallationSettings.read(tx, keys) }[.mailPassword] == "geese over the fen")
      #expect(try await change("mail.other.example", "starttls", "", "tandem", "herons by the weir").status == 303)
      #expect(try await scene.store.read { tx in try InstallationSettings.read(tx, keys) }[.mailPassword] == "herons by the weir")
    }
  }

  @Test("without a sender of their own, mails come from the host that people type, not from who gets them", arguments: Databases.each)
  func sender(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (site, world, org, ben) = (scene.site, scene.world, scene.org, scene.id(.ben))
      func sentFrom(_ base: String, _ from: String) async throws -> String? {
        var settings = site.settings
        settings.baseURL = base
        settings.mailFrom = from
        settings.hasMailServer = true
        site.goOn(with: settings, site.mailer)
        try await scene.store.write { tx in
          try tx.send(Letter(to: ben, .account, subject: "Hello", ["A line."]), org: org, key: "\(base) \(from)", world)
        }
        try await scene.work()
        return scene.outbox.to("ben@north.example").last?.from.address.normalised
      }
      func told() async throws -> HealthRow {
        let rows = await Health(site: site).rows()
        return try #require(rows.first { $0.name == "Sender" })
      }

      let builtIn = "Tandem <tandem@localhost>"
      #expect(try await sentFrom("https://tandem.north.example", builtIn) == "tandem@tandem.north.example")
      let row = try await told()
      #expect(row.state == .warn && row.fix?.contains("mail.from") == true)
      #expect(try await sentFrom("http://127.0.0.1:8080", builtIn) == "tandem@localhost.invalid")
      #expect(try await scene.browser(.omar).post("/admin/mail/test").status == 303)
      #expect(scene.outbox.to("omar@north.example").last?.from.address.normalised == "tandem@localhost.invalid")
      #expect(try await sentFrom("http://127.0.0.1:8080", "Tandem <mail@north.example>") == "mail@north.example")
      #expect(try await told().state == .good)
    }
  }

  @Test("what file, environment or command line give comes before what is set on a page")
  func sources() throws {
    var settings = Settings(baseURL: "https://a.example", dataFolder: "/x", version: "1", mailFrom: "a@a.example")
    let mailer = Mailer(summary: "outside", send: { _ in }, probe: {})
    let stored = InstallationSettings([.address: "https://b.example", .mailFrom: "b@b.example", .mailServer: "smtps://b.example"])
    let builtIn = Settings(baseURL: "https://a.example", dataFolder: "/x", version: "1", hasMailServer: true)
    #expect(!builtIn.hasOwnSender && stored.over(builtIn, mailer).settings.hasOwnSender, "a sender that is saved is one")
    let (free, way) = stored.over(settings, mailer)
    #expect(free.baseURL == "https://b.example" && free.mailFrom == "b@b.example" && way.summary == "smtps://b.example:465")
    settings.given = ["server.base_url": "tandem.toml", "mail.from": "environment", "mail.url": "command line"]
    let (given, outside) = stored.over(settings, mailer)
    #expect(given.baseURL == "https://a.example" && given.mailFrom == "a@a.example" && outside.summary == mailer.summary)
  }
}
