import Foundation
import Kit
import Logging
import Synchronization
import TandemTesting
import Testing

@testable import Store

@Suite("Writing to SQLite together")
struct SQLiteWriterTests {
  private struct Refused: Error {}

  /// A database with a table of notes, each of which may stand for another that must be there in the end.
  private func withNotes(_ body: (Store, String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-writer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "notes.db").path
    let store = try await Store.open(path, logger: Logger(label: "test"))
    try await store.write { tx in
      try tx.run(
        """
        CREATE TABLE note (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE,
          other BIGINT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)
        """)
    }
    try await body(store, path)
    await store.close()
  }

  /// The commits that stand in the log of the file: frames that name the size of the database.
  private func commits(_ path: String) throws -> Int {
    let log = try [UInt8](Data(contentsOf: URL(filePath: path + "-wal")))
    let page = log[8..<12].reduce(0) { $0 << 8 | Int($1) }
    return stride(from: 32, to: log.count, by: 24 + page).count { log[($0 + 4)..<($0 + 8)].contains { $0 != 0 } }
  }

  /// Runs the body while another write is at work, so that what the body begins has to wait; that write ends with the signal.
  private func behind<Result>(_ store: Store, _ body: (_ mayEnd: DispatchSemaphore) async throws -> Result) async throws -> Result {
    let (hasBegun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    async let first: Void = store.write { _ in
      hasBegun.signal()
      mayEnd.wait()
    }
    await withCheckedContinuation { (begun: CheckedContinuation<Void, Never>) in
      DispatchQueue.global().async {
        hasBegun.wait()
        begun.resume()
      }
    }
    let result = try await body(mayEnd)
    try await first
    return result
  }

  /// Runs writes that are there at the same time, and tells what became of each.
  private func together(_ store: Store, _ writes: [@Sendable (Transaction) throws -> Void]) async throws -> [String] {
    try await behind(store) { mayEnd in
      await withTaskGroup(of: (Int, String).self) { group in
        for (place, write) in writes.enumerated() {
          group.addTask {
            do {
              try await store.write(write)
              return (place, "written")
            } catch { return (place, "\((error as? Violation).map { "\($0.rule)" } ?? "\(type(of: error))")") }
          }
        }
        group.addTask {
          try? await Task.sleep(for: .milliseconds(200))
          mayEnd.signal()
          return (-1, "")
        }
        var outcomes = [String](repeating: "", count: writes.count)
        for await (place, outcome) in group where place >= 0 { outcomes[place] = outcome }
        return outcomes
      }
    }
  }

  private func words(_ store: Store) async throws -> Set<String> {
    Set(try await store.read { tx in try tx.values("SELECT word FROM note", as: String.self) })
  }

  @Test("what waits together is committed together, and is there")
  func shared() async throws {
    try await withNotes { store, path in
      let before = try commits(path)
      let outcomes = try await together(
        store, (1...50).map { number in { tx in try tx.run("INSERT INTO note (word) VALUES (\("w\(number)"))") } })
      #expect(outcomes == [String](repeating: "written", count: 50))
      try await #expect(words(store).count == 50)
      let made = try commits(path) - before
      #expect((1...5).contains(made), "50 writes in \(made) commits")
    }
  }

  @Test("one that fails takes nobody along, nor a trace of itself")
  func failing() async throws {
    try await withNotes { store, _ in
      let outcomes = try await together(
        store,
        (0..<40).map { number in
          { tx in
            try tx.run("INSERT INTO note (word) VALUES (\("w\(number)"))")
            if number % 4 == 1 { throw Refused() }
            // The word is taken, by nobody else but itself.
            if number % 4 == 2 { try tx.run("INSERT INTO note (word) VALUES (\("w\(number)"))") }
            // SQLite ends the whole transaction then.
            if number == 20 { try tx.run("ROLLBACK") }
          }
        })
      for number in 0..<40 where number != 20 {
        #expect(outcomes[number] == ["written", "Refused", "unique", "written"][number % 4], "\(number)")
      }
      #expect(outcomes[20] != "written")
      let kept = (0..<40).filter { [0, 3].contains($0 % 4) && $0 != 20 }.map { "w\($0)" }
      try await #expect(words(store) == Set(kept))
    }
  }

  @Test("who breaks a rule that is looked at in the end is refused alone")
  func deferred() async throws {
    try await withNotes { store, _ in
      let outcomes = try await together(
        store,
        (0..<10).map { number in
          { tx in try tx.run("INSERT INTO note (word, other) VALUES (\("w\(number)"), \(number == 4 ? 999 : nil))") }
        })
      #expect(outcomes == (0..<10).map { $0 == 4 ? "reference" : "written" })
      try await #expect(words(store) == Set((0..<10).filter { $0 != 4 }.map { "w\($0)" }))
    }
  }

  @Test("each sees what those before it wrote")
  func order() async throws {
    try await withNotes { store, _ in
      let outcomes = try await together(
        store,
        (0..<30).map { _ in
          { tx in
            let count = try tx.count("SELECT count(*) FROM note")
            try tx.run("INSERT INTO note (word) VALUES (\("w\(count)"))")
          }
        })
      #expect(outcomes == [String](repeating: "written", count: 30))
      try await #expect(words(store) == Set((0..<30).map { "w\($0)" }))
    }
  }

  @Test("who gives up while waiting is not written, and one that takes long does not keep the others from being answered")
  func cancelled() async throws {
    try await withNotes { store, _ in
      let (gone, slow, quick) = try await behind(store) { mayEnd in
        let gone = Task { try await store.write { tx in try tx.run("INSERT INTO note (word) VALUES ('gone')") } }
        let slow = Task {
          try await store.write { tx in
            Thread.sleep(forTimeInterval: 0.05)
            try tx.run("INSERT INTO note (word) VALUES ('slow')")
          }
        }
        let quick = Task { try await store.write { tx in try tx.run("INSERT INTO note (word) VALUES ('quick')") } }
        try await Task.sleep(for: .milliseconds(100))
        gone.cancel()
        mayEnd.signal()
        return (gone, slow, quick)
      }
      await #expect(throws: CancellationError.self) { try await gone.value }
      _ = try await (slow.value, quick.value)
      try await #expect(words(store) == ["slow", "quick"])
    }
  }

  @Test("a long write has a commit of its own, so that those before it are answered without it")
  func long() async throws {
    try await withNotes { store, _ in
      let mayEndLong = DispatchSemaphore(value: 0)
      let (before, long, after) = try await behind(store) { mayEnd in
        func begin(_ word: String, isLong: Bool = false) async throws -> Task<Void, any Error> {
          let task = Task {
            try await store.write(isLong: isLong) { tx in
              if isLong { mayEndLong.wait() }
              _ = try tx.run("INSERT INTO note (word) VALUES (\(word))")
            }
          }
          // So that they come in this order.
          try await Task.sleep(for: .milliseconds(50))
          return task
        }
        let tasks = (try await begin("before"), try await begin("long", isLong: true), try await begin("after"))
        mayEnd.signal()
        return tasks
      }
      try await before.value
      try await #expect(words(store) == ["before"])
      mayEndLong.signal()
      _ = try await (long.value, after.value)
      try await #expect(words(store) == ["before", "long", "after"])
    }
  }

  @Test("after it was closed, whoever comes is told so")
  func closed() async throws {
    try await withNotes { store, _ in
      await store.close()
      await #expect(throws: Problem.self) { try await store.write { tx in try tx.run("INSERT INTO note (word) VALUES ('late')") } }
    }
  }
}
