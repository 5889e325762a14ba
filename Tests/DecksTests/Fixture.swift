import Foundation
import Testing

enum Fixture {
  struct Missing: Error { let name: String }

  static func bytes(_ name: String) throws -> [UInt8] {
    guard let url = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil) else { throw Missing(name: name) }
    return Array(try Data(contentsOf: url))
  }
}

/// What Anki itself holds after importing a package.
struct Expected: Decodable, Sendable, CustomTestStringConvertible {
  struct Note: Decodable, Sendable {
    let type: String
    let fields: [String: String]
    let tags: [String]
    let cards: Int
  }

  struct Answer: Decodable, Sendable { let rating: Int }

  private struct File: Decodable { let packages: [Expected] }

  let file: String
  let notes: Int
  let cards: Int
  let reviewLogRows: Int
  let media: [String]
  let tags: [String]
  let cardsByDeck: [String: Int]
  let cardQueues: [String: Int]
  let noteList: [Note]
  let reviewLog: [Answer]

  var testDescription: String { file }

  static func all() throws -> [Expected] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .custom { keys in
      // Keys of tables stay as they are: names of decks, of fields and numbers of queues.
      let key = keys[keys.count - 1].stringValue
      let words = key.split(separator: "_")
      let known: Set = ["review_log_rows", "cards_by_deck", "card_queues", "note_list", "review_log"]
      guard known.contains(key), let first = words.first else { return Key(key) }
      return Key(([String(first)] + words.dropFirst().map { $0.capitalized }).joined())
    }
    return try decoder.decode(File.self, from: Data(Fixture.bytes("expected.json"))).packages
  }

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}

/// Time of this thread alone, so that a busy machine does not count.
func processorSeconds(_ work: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  let start = now()
  work()
  return now() - start
}
