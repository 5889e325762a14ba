import Foundation
import Kit
import TandemTesting
import Testing

@testable import Features

@Suite("The library")
struct LibraryTests {
  @Test("search, skill and length narrow the list", arguments: Databases.each)
  func filters(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let all = try await ben.getJSON("/lessons")
      #expect(all.json["lessons"].count == 18)
      let found = try await ben.getJSON("/lessons?q=camera")
      #expect(found.json["lessons"].items.contains { $0["title"].text == "Feedback that lands" })
      #expect(found.json["lessons"].count < 18)
      let skill = try await scene.store.read { tx in try Skill.slug("feedback", tx) }
      let bySkill = try await ben.getJSON("/lessons?skill=\(try #require(skill))")
      #expect(bySkill.json["lessons"].items.contains { $0["title"].text == "Feedback that lands" })
      let short = try await ben.getJSON("/lessons?minutes=6")
      #expect(short.json["lessons"].count > 0 && short.json["lessons"].items.allSatisfy { ($0["minutes"].number ?? 99) <= 6 })
      let none = try await ben.get("/lessons?q=xylophone")
      #expect(none.body.contains("Ask a mentor instead") && none.body.contains("xylophone"))
    }
  }

  @Test("the list costs the same number of statements for few and for many lessons", arguments: Databases.each)
  func statements(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let few = try await scene.statements { _ = try await ben.get("/lessons?minutes=6") }
      let many = try await scene.statements { _ = try await ben.get("/lessons?minutes=15") }
      #expect(few.count == many.count)
    }
  }
}
