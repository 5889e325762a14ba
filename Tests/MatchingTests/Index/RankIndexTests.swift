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

  @Test("a shortlist names everybody who may help, a short one the first of them, whatever the pool of the index")
  func shortlist() throws {
    for number in 0..<Self.cases {
      var instance = try Instance(seed: UInt64(number))
      var seen: Set<Int64> = []
      instance.candidates = instance.candidates.filter { seen.insert($0.id).inserted }
      var builder = RankIndexBuilder(pool: Pool(minutesGiven: 0, weeklyBudgets: 0))
      for candidate in instance.candidates { builder.add(candidate) }
      let index = builder.build()
      var query = RankQuery(index)
      let all = rank(
        need: instance.need, candidates: instance.candidates, weights: instance.weights, pool: instance.pool, seed: instance.seed)
      let whole = query.shortlist(1000, need: instance.need, weights: instance.weights, pool: instance.pool)
      #expect(Set(whole).count == whole.count && Set(whole).isSuperset(of: all.ranked.map(\.id)), "ask \(number)")
      let short = query.shortlist(4, need: instance.need, weights: instance.weights, pool: instance.pool)
      #expect(short == Array(whole.prefix(4)), "ask \(number)")
    }
  }

  @Test("an index with mentors replaced is the index of those mentors")
  func replacing() throws {
    for number in 0..<20 {
      let one = try Instance(seed: UInt64(number))
      let other = try Instance(seed: UInt64(number + 1000))
      var seen: Set<Int64> = []
      let before = one.candidates.filter { seen.insert($0.id).inserted }
      let gone = Set(before.prefix(4).map(\.id))
      seen = Set(before.dropFirst(4).map(\.id))
      let coming = other.candidates.filter { seen.insert($0.id).inserted }
      var builder = RankIndexBuilder(pool: one.pool)
      for candidate in before { builder.add(candidate) }
      let changed = builder.build().replacing(gone, by: coming)
      var fresh = RankIndexBuilder(pool: one.pool)
      for candidate in before.dropFirst(4) + coming { fresh.add(candidate) }
      let direct = fresh.build()
      #expect(changed.count == direct.count)
      for place in 0..<direct.count { #expect(Self.known(changed, place) == Self.known(direct, place)) }
    }
  }

  /// What an index knows of a mentor. In which order languages are kept says nothing.
  private static func known(_ index: RankIndex, _ place: Int) -> Candidate {
    var candidate = index.candidate(place, pair: Candidate.Pair(slots: nil, isBlocked: false))
    candidate.languages.sort()
    return candidate
  }
}
