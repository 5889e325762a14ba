import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Names are found without their accents")
struct FoldingTests {
  private static let names = ["Zoë Ångström", "ŁUKASZ Żak", "Søren Kjær", "José-María Núñez", "ﬁona O’Neil", "Ay\u{301}la", "plain"]

  @Test("the database folds a text as the program does", arguments: Databases.each)
  func same(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, world) = (scene.org, scene.world)
      let folded = try await scene.store.write { tx in
        for (number, name) in Self.names.enumerated() {
          _ = try CreateMember(email: "n\(number)@north.example", name: name, zone: "UTC")(tx, org: org, by: nil, origin: "command", world)
        }
        return try tx.values(
          "SELECT \(tx.dialect.folded("name")) FROM person WHERE email LIKE 'n%' AND org_id = \(org) ORDER BY email", as: String.self)
      }
      #expect(folded == Self.names.map(\.folded))
      #expect(folded.first == "zoe angstrom")
    }
  }

  @Test("with and without accents, in every place that looks for people", arguments: Databases.each)
  func people(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, world) = (scene.org, scene.world)
      try await scene.store.write { tx in
        var member = CreateMember(email: "zoe@north.example", name: "Zoë Łukasz", zone: "UTC")
        member.roles = [.member, .mentor]
        _ = try member(tx, org: org, by: nil, origin: "command", world)
      }
      let omar = try await scene.browser(.omar)
      for typed in ["zoe", "Zo%C3%AB", "ZO%C3%8B", "lukasz", "%C5%81ukasz"] {
        #expect(try await omar.getJSON("/members?q=\(typed)").json["total"].number == 1, "\(typed)")
        #expect(try await omar.get("/search?q=\(typed)").body.contains("Zoë Łukasz"), "\(typed)")
        #expect(try await omar.get("/mentors?q=\(typed)").body.contains("Zoë Łukasz"), "\(typed)")
        #expect(try await omar.getJSON("/you/managers/search?q=\(typed)").json["items"].count == 1, "\(typed)")
      }
    }
  }
}
