import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Search")
struct SearchTests {
  private func distance(_ a: String, _ b: String, _ most: Int = 2) -> Int? { TypingErrors.distance(Array(a), Array(b), most: most) }

  @Test("a slip is a letter changed, left out, put in or swapped")
  func slips() {
    #expect(distance("ravi", "ravi") == 0)
    #expect(distance("negotation", "negotiation") == 1)
    #expect(distance("negotaition", "negotiation") == 1)
    #expect(distance("kitten", "sitting", 3) == 3)
    #expect(distance("kitten", "sitting") == nil)
    #expect(distance("", "ab") == 2)
  }

  @Test("short words forgive nothing, so that every name is not near every other")
  func short() {
    #expect(TypingErrors.slips([Array("ada")], in: [Array("ida")]) == nil)
    #expect(TypingErrors.slips([Array("mentro")], in: [Array("ada"), Array("mentor")]) == 1)
  }

  @Test("five words of a search count, and forty letters of a word")
  func limits() {
    #expect(SearchWord.cut("one  two three four five six seven") == "one two three four five")
    #expect(SearchWord.cut(String(repeating: "a", count: 200)).count == 40)
    #expect(SearchWord.cut("C++ ?") == "C++ ?")
  }

  @Test("S5 people, skills and lessons are found in one list, with what matched, in one's own organisation only", arguments: Databases.each)
  func find(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/search?q=Ada")
      #expect(page.status == 200)
      #expect(page.body.contains("Ada Mentor"))
      let misspelt = try await ben.getJSON("/search?q=Mentro").json["groups"].items
      #expect(misspelt.first { $0["name"].text == "People" }?["hits"].count == 2)
      #expect(try await ben.getJSON("/search?q=Othermarker").json["total"].number == 0)
      let skills = try await ben.getJSON("/search?q=public").json["groups"].items.map { $0["name"].text }
      #expect(skills.contains("Skills"))
      let open = try await scene.stranger.get("/search?q=Ada")
      #expect(open.status == 303)
    }
  }

  @Test("when nothing is found a mentor can be asked instead; signs are only signs", arguments: Databases.each)
  func nothing(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      #expect(try await ben.get("/search?q=zzqqxx").body.contains("Ask a mentor instead"))
      for query in ["%25", "%27%22--", "%5C", "AND%20OR%20*"] { #expect(try await ben.get("/search?q=\(query)").status == 200) }
      for query in ["%3F%3F%3F", "%E2%80%A6%20!"] {
        #expect(try await ben.getJSON("/search?q=\(query)").json["total"].number == 0, "\(query)")
      }
    }
  }
}
