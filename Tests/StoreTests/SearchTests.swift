import Kit
import Store
import TandemTesting
import Testing

@Suite("Search finds words, and takes every text literally")
struct SearchTests {
  private static func filled(_ database: Databases.Kind, _ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
    try await database.withStore(SearchIndex.migrations) { store in
      try await store.write { tx in
        try tx.index(org: 0, kind: "lesson", id: 1, title: "Giving feedback", body: "How to say what you saw, kindly and early.")
        try tx.index(org: 1, kind: "lesson", id: 2, title: "Listening", body: "Good feedback begins with listening well.")
        try tx.index(org: 1, kind: "note", id: 3, title: "Private", body: "My feedback for Ada", visibleTo: 7)
        try tx.index(org: 2, kind: "lesson", id: 4, title: "Feedback elsewhere", body: "Another organisation.")
        try tx.index(org: 1, kind: "ask", id: 5, title: "Prüfung in Übersee", body: "café 100 % naïve \"quoted\" NEAR miss; O'Brien")
      }
      try await store.read { tx in try body(tx) }
    }
  }

  @Test("shared things and those of the own organisation are found, titles first", arguments: Databases.each)
  func visible(_ database: Databases.Kind) async throws {
    try await Self.filled(database) { tx in
      try #expect(tx.search(org: 1, query: "feedback", viewer: 9).map(\.id) == [1, 2])
      try #expect(Set(tx.search(org: 1, query: "feedback", viewer: 7).map(\.id)) == [1, 2, 3])
      try #expect(tx.search(org: 1, query: "feedback", viewer: nil).map(\.id) == [1, 2])
      try #expect(tx.search(org: 2, query: "FEEDBACK", viewer: 9).map(\.id).sorted() == [1, 4])
      try #expect(tx.search(org: 1, kinds: ["note", "ask"], query: "feedback", viewer: 7).map(\.id) == [3])
      try #expect(tx.search(org: 1, query: "feedback", viewer: 7, limit: 1).count == 1)
    }
  }

  @Test("every word counts, the last one as a beginning, without regard to case and accents", arguments: Databases.each)
  func words(_ database: Databases.Kind) async throws {
    try await Self.filled(database) { tx in
      for (query, ids) in [
        ("good feed", [2]), ("feedb good", []), ("prufung", [5]), ("ÜBER", [5]), ("cafe", [5]), ("naive", [5]), ("o'brien", [5]),
        ("brien o", [5]), ("100 %", [5]), ("listen", [2]), ("zebra", []), ("", []), ("  ", []), ("%", []), ("*", []),
      ] as [(String, [Int64])] {
        try #expect(tx.search(org: 1, query: query, viewer: nil).map(\.id) == ids, "\(query)")
      }
    }
  }

  @Test("a snippet shows the place that was found", arguments: Databases.each)
  func snippet(_ database: Databases.Kind) async throws {
    try await Self.filled(database) { tx in
      let hit = try tx.search(org: 1, query: "listening we", viewer: nil).first
      #expect(hit?.snippet == "Good feedback begins with listening well.")
      #expect(hit?.title == "Listening")
    }
  }

  @Test("nothing that is typed is an error or an operator", arguments: Databases.each)
  func hostile(_ database: Databases.Kind) async throws {
    let texts = [
      "'", "''; DROP TABLE search_entry; --", "\"a\" NEAR(", "NEAR(feedback good)", "feedback OR zebra", "feedback AND NOT good",
      "title_words:feedback",
      "feed* good*", "^feedback", "{a b}:c", "a & b | !c:*", "<->", "\\", "(((", "\u{0}", "\u{202E}abc", "👩‍👩‍👧", "ﷺ", "١٢٣", "क्षि",
      String(repeating: "x", count: 10_000), String(repeating: "a ", count: 5_000), String(repeating: "\"", count: 10_000),
    ]
    try await Self.filled(database) { tx in
      for text in texts { _ = try tx.search(org: 1, query: text, viewer: 7) }
      try #expect(tx.search(org: 1, query: "feedback OR zebra", viewer: nil) == [])
      try #expect(tx.search(org: 1, query: "near miss", viewer: nil).map(\.id) == [5])
    }
  }

  @Test("what is indexed again is replaced, what is removed is gone, and long bodies fit", arguments: Databases.each)
  func replaced(_ database: Databases.Kind) async throws {
    try await database.withStore(SearchIndex.migrations) { store in
      try await store.write { tx in
        try tx.index(org: 1, kind: "ask", id: 1, title: "Swift", body: "")
        try tx.index(org: 1, kind: "ask", id: 1, title: "Rust", body: (0..<50_000).map { "w\($0)" }.joined(separator: " "))
        try #expect(tx.search(org: 1, query: "swift", viewer: nil) == [])
        try #expect(tx.search(org: 1, query: "rust w15", viewer: nil).map(\.id) == [1])
        try tx.unindex(org: 1, kind: "ask", id: 1)
        try #expect(tx.search(org: 1, query: "rust", viewer: nil) == [])
      }
    }
  }
}
