import Features
import Kit
import Store
import TandemTesting
import Testing
import Web

@Suite("Statements and organisations")
struct StatementTests {
  @Test("S4 every statement of every page and act binds the organisation", arguments: Databases.each)
  func statements(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let rule = try await StatementRule.of(scene.store)
      let objects = try await SceneObjects(scene)
      let statements = try await scene.statements {
        for role in [Scene.Role.ben, .ada, .mara, .omar] {
          let browser = try await scene.browser(role)
          for endpoint in Features.endpoints where endpoint.contentType != "text/event-stream" && endpoint.surface != .api {
            _ = try await RouteCall(endpoint, objects.path(endpoint, of: .north), objects.sample).json(browser)
          }
        }
        try await scene.work()
      }
      #expect(statements.count > 100)
      let found = Set(statements.compactMap(rule.breach))
      #expect(found.isEmpty, "\(found.sorted().joined(separator: "\n"))")
    }
  }

  @Test("a statement without its organisation is found")
  func breach() {
    let rule = StatementRule(tenantTables: ["ask", "person"])
    #expect(rule.breach("SELECT id FROM ask WHERE id = ?1") != nil)
    #expect(rule.breach("SELECT ask.id FROM skill JOIN ask ON ask.skill = skill.id WHERE skill.id = $1") != nil)
    #expect(rule.breach("UPDATE ask SET state = 'open' WHERE id = $1") != nil)
    #expect(rule.breach("SELECT id FROM ask WHERE org_id = ?1 AND id = ?2") == nil)
    #expect(rule.breach("INSERT INTO ask (org_id, id) VALUES ($1, $2)") == nil)
    #expect(rule.breach("SELECT id FROM skill WHERE id = $1") == nil)
  }
}

extension StatementRule {
  static func of(_ store: Store) async throws -> StatementRule {
    StatementRule(tenantTables: Set(try await store.columns().filter { $0.column == "org_id" }.map(\.table)))
  }
}
