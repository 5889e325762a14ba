/// The bound that a set of prices puts on every answer.
struct BoundSum {
  private var quota: Int128 = 0
  private var pairs: Int128 = 0
  private var weight: Int128 = 0

  /// The bound, if it can be written down.
  var total: Price? {
    guard let quota = Int(exactly: quota), let pairs = Int(exactly: pairs), let weight = Int(exactly: weight) else { return nil }
    return Price(quota: quota, pairs: pairs, weight: weight)
  }

  /// Sums up; `nil` when prices are missing, too great to be honest, or below [-1, 0, 0].
  ///
  /// - Complexity: O(pairs + people).
  init?(_ problem: MatchProblem, _ prices: PriceSet, _ claim: Claim) {
    guard prices.mentees.count == problem.mentees.count, prices.mentors.count == problem.mentors.count,
      (prices.mentees + prices.mentors).allSatisfy({ $0.isHonest && $0 >= Price(quota: -1, pairs: 0, weight: 0) })
    else { return nil }
    for (ranges, list) in [(problem.mentees, prices.mentees), (problem.mentors, prices.mentors)] {
      for (range, price) in zip(ranges, list) { add(price, times: price > .zero ? range.most : range.least) }
    }
    let mentees = prices.mentees.map(\.packed)
    let mentors = prices.mentors.map(\.packed)
    let apart = Set(problem.pins).union(problem.bans)
    let table = problem.table
    for mentee in mentees.indices {
      for pair in table.pairs(of: mentee) {
        let value = Price(quota: 0, pairs: claim.countsPairs ? 1 : 0, weight: claim.countsWeight ? table.weight(of: pair) : 0)
        guard value.packed - mentees[mentee] > mentors[table.mentor(of: pair)] else { continue }
        if let measure = claim.measure, table.measure(of: pair, measure) < claim.atLeast { continue }
        if !apart.isEmpty, apart.contains(pair) { continue }
        addSlack(value, prices.mentees[mentee], prices.mentors[table.mentor(of: pair)])
      }
    }
    for pin in problem.pins {
      let value = Price(quota: 0, pairs: claim.countsPairs ? 1 : 0, weight: claim.countsWeight ? table.weight(of: pin) : 0)
      addSlack(value, prices.mentees[table.mentee(of: pin)], prices.mentors[table.mentor(of: pin)])
    }
  }

  private mutating func addSlack(_ value: Price, _ mentee: Price, _ mentor: Price) {
    add(value, times: 1)
    add(mentee, times: -1)
    add(mentor, times: -1)
  }

  private mutating func add(_ price: Price, times factor: Int) {
    quota += Int128(price.quota) * Int128(factor)
    pairs += Int128(price.pairs) * Int128(factor)
    weight += Int128(price.weight) * Int128(factor)
  }
}

extension Price {
  /// Small enough that three of them can be added level by level in one packed number.
  fileprivate var isHonest: Bool {
    (-4096...4096).contains(quota) && (-4096...4096).contains(pairs) && (-(1 << 44)...(1 << 44)).contains(weight)
  }

  /// All three levels in one number that compares like them.
  fileprivate var packed: Int128 { (Int128(quota) << 96) + (Int128(pairs) << 64) + Int128(weight) }
}
