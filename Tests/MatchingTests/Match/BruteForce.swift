@testable import Matching

/// The best answer by looking at all of them: mentee after mentee, every set of mentors, for every state of the mentors.
struct BruteForce {
  let program: RandomProgram

  /// The best objective with the pairs that `counts` lets through besides the pins; pairs and weight only where they are to be counted.
  func best(countsPairs: Bool, countsWeight: Bool = true, _ counts: ([Int]) -> Bool = { _ in true }) -> Price {
    let pinned = Set(program.pins.map { [$0.mentee, $0.mentor] })
    let banned = Set(program.bans.map { [$0.mentee, $0.mentor] })
    var states: [[Int]: Price] = [program.mentors.map { _ in 0 }: .zero]
    for (mentee, range) in program.mentees.enumerated() {
      let own = program.mentors.indices.filter { program.scores[[mentee, $0]] != nil && !banned.contains([mentee, $0]) }
      let must = own.filter { pinned.contains([mentee, $0]) }
      let may = own.filter { !pinned.contains([mentee, $0]) && counts([mentee, $0]) }
      var next: [[Int]: Price] = [:]
      for choice in 0..<(1 << may.count) where choice.nonzeroBitCount + must.count <= range.most {
        let chosen = must + may.enumerated().filter { choice >> $0.offset & 1 == 1 }.map(\.element)
        var value = Price(
          quota: -max(0, range.least - chosen.count), pairs: countsPairs ? chosen.count : 0, weight: 0)
        if countsWeight { for mentor in chosen { value.weight += weight([mentee, mentor]) } }
        for (state, sum) in states {
          var degrees = state
          for mentor in chosen { degrees[mentor] += 1 }
          guard zip(degrees, program.mentors).allSatisfy({ $0 <= $1.most }) else { continue }
          var whole = sum
          whole.add(value, times: 1)
          next[degrees] = max(next[degrees] ?? whole, whole)
        }
      }
      states = next
    }
    return states.map { degrees, sum in
      var whole = sum
      for (degree, range) in zip(degrees, program.mentors) { whole.quota -= max(0, range.least - degree) }
      return whole
    }.max() ?? .zero
  }

  /// The greatest threshold at which as many can be placed, and the best weight with it; `nil` where only pins are used.
  func fair(_ measure: ([Int]) -> Int) -> (threshold: Int, best: Price)? {
    let most = best(countsPairs: true, countsWeight: false)
    guard most.pairs > program.pins.count else { return nil }
    for threshold in Set(program.scores.keys.map(measure)).sorted(by: >) {
      if best(countsPairs: true, countsWeight: false, { measure($0) >= threshold }) == most {
        return (threshold, best(countsPairs: true) { measure($0) >= threshold })
      }
    }
    return nil
  }

  func weight(_ pair: [Int]) -> Int { program.scores[pair].map { $0.mentee + $0.mentor } ?? 0 }
}
