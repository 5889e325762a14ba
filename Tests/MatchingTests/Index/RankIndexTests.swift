import Foundation
import Testing

@testable import Matching

@Suite struct RankIndexTests {
  /// How many random asks are tried; `TANDEM_TEST_CASES` asks for more.
  static let cases = ProcessInfo.processInfo.environment["TANDEM_TEST_CASES"].flatMap(Int.init) ?? 200

  @Test("the index ranks exactly as a look at everybody does")
  func sameAsRank() throws {
    for number in 0..<Self.cases {
      var instance = try Instance(seed: UInt64(number))
      var seen: Set<Int64> = []
      instance.candidates = instance.candidates.filter { seen.insert($0.id).inserted }
      for place in instance.candidates.indices { instance.candidates[place].record.topicRatings = Ratings() }
      var builder = RankIndexBuilder(pool: instance.pool)
      for candidate in instance.candidates { builder.add(candidate) }
      let index = builder.build()
      var query = RankQuery(index)
      let pairs = Dictionary(instance.candidates.map { ($0.id, $0.pair) }, uniquingKeysWith: { first, _ in first })
      let all = rank(
        need: instance.need, candidates: instance.candidates, weights: instance.weights, pool: instance.pool, seed: instance.seed)
      for count in [1, 3, 20] {
        let top = query.top(count, need: instance.need, weights: instance.weights, seed: instance.seed) { id in
          pairs[id] ?? Candidate.Pair(slots: nil, isBlocked: true)
        }
        #expect(top == Array(all.ranked.prefix(count)), "ask \(number), best \(count)")
      }
    }
  }
}
