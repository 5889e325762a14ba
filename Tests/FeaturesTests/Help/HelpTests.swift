import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Public pages")
struct HelpTests {
  @Test("help, privacy and accessibility answer anybody", arguments: ["/help", "/privacy", "/accessibility"])
  func open(_ path: String) async throws {
    try await Scene.with(.sqlite) { scene in
      let open = try await scene.stranger.get(path)
      #expect(open.status == 200)
      #expect(try await scene.browser(.ben).get(path).status == 200)
    }
  }

  @Test("the page tells of the log of acts, the jobs and the search too")
  func framework() async throws {
    try await Scene.with(.sqlite) { scene in
      let page = try await scene.stranger.get("/privacy").body
      for table in ["activity", "job", "search entry"] { #expect(page.contains("<th scope=\"row\">\(table)</th>"), "\(table)") }
    }
  }

  @Test("the privacy page names every column of the register that says something about a person, and no secret")
  func register() {
    let register = Features.personalData
    let shown = Privacy(register).groups.flatMap { $0.entries }
    #expect(shown.count == register.count { $0.kind != .none && $0.kind != .secret })
    #expect(shown.contains { $0.table == "goal" })
    #expect(!shown.contains { $0.columns.contains("hash") })
  }
}
