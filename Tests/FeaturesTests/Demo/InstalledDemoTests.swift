import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("The demo beside an own organisation")
struct InstalledDemoTests {
  @Test("it is made by a job, looked around in without a password, and removed without a trace", arguments: Databases.each)
  func life(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await leaveAlone(scene)
      let omar = try await scene.browser(.omar)
      try await #expect(omar.get("/admin/start/people").body.contains("Make the demo organisation"))
      try await #expect(omar.post("/admin/demo").status == 303)
      try await #expect(omar.post("/admin/demo").status == 409, "one is enough")
      try await #expect(omar.post("/admin/demo/remove").status == 409, "it is being made")
      let half = try await breakOff(scene)
      try await scene.work()

      let page = try await omar.getJSON("/admin/start/people").json
      #expect(page["demo"]["is_ready"].flag == true)
      #expect(page["demo"]["people"].items.map { $0["part"].text } == ["mentee", "mentor", "manager"])
      let installed = try #require(try await scene.store.read { tx in try InstalledDemo.of(scene.org, tx) })
      let demo = try #require(installed.demo)
      #expect(installed.played == InstalledDemo.days)
      try await #expect(rows(of: half, scene.store).isEmpty, "what a crash left is thrown away")
      let (members, isShared) = try await scene.store.read { tx in
        (try tx.count("SELECT count(*) FROM person WHERE org_id = \(demo)"), try Neighbours.exist(tx))
      }
      #expect(members == InstalledDemo.members)
      #expect(!isShared, "a demo takes no settings away")
      #expect(scene.outbox.all.allSatisfy { !$0.to.address.normalised.hasSuffix(".invalid") })
      let broken = try await scene.store.read { tx in
        try Features.all.flatMap(\.checks).compactMap { check in try check.breaches(tx) == 0 ? nil : check.name }
      }
      #expect(broken == [])

      try await lookAround(omar)
      try await #expect(omar.post("/admin/demo/remove").status == 303)
      try await #expect(rows(of: demo, scene.store).isEmpty)
      let own = try await scene.store.read { tx in try tx.count("SELECT count(*) FROM person") }
      #expect(own == 1, "the own organisation is as it was")
      try await #expect(omar.get("/admin/start/people").body.contains("Make the demo organisation"))
    }
  }

  /// In as the mentee, who administrates nothing, and back.
  private func lookAround(_ omar: Browser) async throws {
    try await #expect(omar.post("/admin/demo/entries", ["part": "mentee"]).location == "/")
    let today = try await omar.get("/").body
    #expect(today.contains("Priya") && today.contains("Leave the demo") && today.contains(InstalledDemo.name))
    try await #expect(omar.get("/admin").status == 403)
    try await #expect(omar.post("/demo/leave").location == "/admin/start/people")
    try await #expect(omar.get("/admin").status == 200)
    try await #expect(!omar.get("/").body.contains("Leave the demo"))
  }

  @Test("whoever signs out in the demo is signed out at home too", arguments: Databases.each)
  func signOut(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await leaveAlone(scene)
      let omar = try await scene.browser(.omar)
      let world = scene.world
      try await scene.store.write { tx in
        let demo = try CreateOrganisation(name: InstalledDemo.name, zone: "UTC")(tx, world)
        _ = try CreateMember(email: "priya.raman@northwind.invalid", name: "Priya Raman", zone: "UTC")(
          tx, org: demo, by: nil, origin: "command", world)
        try tx.run(
          """
          INSERT INTO demo (org_id, demo_id, state, played, started_by, started_at)
          VALUES (\(scene.org), \(demo), 'ready', 45, \(scene.id(.omar)), \(world.now()))
          """)
      }
      try await #expect(omar.post("/admin/demo/entries", ["part": "mentee"]).status == 303)
      let home = omar.cookies[WayHome.cookie]
      try await #expect(omar.post("/sign-out").status == 303)
      omar.cookies[WayHome.cookie] = home
      try await #expect(omar.post("/demo/leave").status == 303)
      try await #expect(omar.get("/admin").location?.hasPrefix("/sign-in") == true)
    }
  }

  @Test("where there are members or neighbours none is offered", arguments: Databases.each)
  func refusals(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      try await #expect(omar.post("/admin/demo").status == 409)
      try await #expect(omar.post("/admin/demo/entries", ["part": "manager"]).status == 409)
      let page = try await omar.get("/admin/start/people").body
      #expect(page.contains("only while you are alone") && !page.contains("Make the demo organisation"))
      let org = scene.org
      try await scene.store.write { tx in try removeAll(but: scene.id(.omar), org: org, tx) }
      try await #expect(omar.get("/admin/start/people").body.contains("Several organisations share this installation"))
      try await #expect(scene.browser(.oskar).post("/admin/demo").status == 409)
    }
  }

  private func leaveAlone(_ scene: Scene) async throws {
    let (org, other, omar, world) = (scene.org, scene.other, scene.id(.omar), scene.world)
    await #expect(throws: (any Error).self, "the log of an organisation that is no demo stays") {
      try await scene.store.write { tx in try EraseOrganisation(org: other)(tx) }
    }
    try await scene.store.write { tx in
      try tx.run(
        """
        INSERT INTO demo (org_id, demo_id, state, played, started_by, started_at)
        VALUES (\(org), \(other), 'ready', 0, \(omar), \(world.now()))
        """)
      try EraseOrganisation(org: other)(tx)
      try tx.run("DELETE FROM demo WHERE org_id = \(org)")
      try removeAll(but: omar, org: org, tx)
    }
  }

  private func removeAll(but kept: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws {
    try tx.run("DELETE FROM sign_in_session WHERE org_id = \(org) AND person_id <> \(kept)")
    try tx.run("DELETE FROM person WHERE org_id = \(org) AND id <> \(kept)")
  }

  /// As a crash in the middle leaves it: begun, with somebody in it.
  private func breakOff(_ scene: Scene) async throws -> ID<Organisation> {
    let (org, world) = (scene.org, scene.world)
    return try await scene.store.write { tx in
      let half = try CreateOrganisation(name: InstalledDemo.name, zone: "UTC")(tx, world)
      _ = try CreateMember(email: "half@northwind.invalid", name: "Half Done", zone: "UTC")(tx, org: half, by: nil, origin: "job", world)
      try tx.run("UPDATE demo SET state = 'running', demo_id = \(half), played = 3 WHERE org_id = \(org)")
      return half
    }
  }

  /// The tables that hold something of an organisation.
  private func rows(of org: ID<Organisation>, _ store: Store) async throws -> [String] {
    try await store.read { tx in
      var found = try tx.count("SELECT count(*) FROM organisation WHERE id = \(org)") > 0 ? ["organisation"] : []
      for (table, columns) in try tx.tableColumns() where columns.contains("org_id") {
        var count = 0
        try tx.each(of: table, ["org_id"], where: "org_id = \(org)") { _ in count += 1 }
        if count > 0 { found.append(table) }
      }
      return found
    }
  }
}
