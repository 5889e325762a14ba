import Kit
import Store
import TandemTesting
import Testing

@Suite("Signals follow the commit")
struct SignalTests {
  @Test("each signal of a committed transaction is heard once, one of a failed transaction never", arguments: Databases.each)
  func heard(_ database: Databases.Kind) async throws {
    try await database.withStore { store in
      let heard = store.signals.listen()
      try await store.write { tx in
        tx.signal("activity/1")
        tx.signal("activity/1")
      }
      try? await store.write { tx in
        tx.signal("lost")
        throw Problem.notFound
      }
      try await store.write { tx in tx.signal("activity/2") }
      try await store.write { tx in tx.signal("end 'of' \"it\"") }
      var names: [String] = []
      for await name in heard {
        names.append(name)
        if name.hasPrefix("end") { break }
      }
      #expect(names == ["activity/1", "activity/2", "end 'of' \"it\""])
    }
  }

  @Test("other processes hear it too", .enabled(if: Databases.postgresURL != nil, "\(Databases.skipped)"))
  func acrossStores() async throws {
    try await Databases.Kind.postgres.withAddress { url in
      let one = try await Store.open(url, logger: Databases.quiet)
      let other = try await Store.open(url, logger: Databases.quiet)
      let heard = other.signals.listen()
      try await one.write { tx in tx.signal("activity/7") }
      let first = await heard.first { _ in true }
      #expect(first == "activity/7")
      await one.close()
      await other.close()
    }
  }
}
