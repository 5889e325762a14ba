/// An answer under examination.
struct AnswerCheck {
  enum Relation { case equal, below }

  let problem: MatchProblem
  private(set) var verdict: Verdict
  private let used: Set<Int>
  private let degrees: (mentees: [Int], mentors: [Int])

  init(_ problem: MatchProblem, _ pairs: [Int]) {
    self.problem = problem
    var used: Set<Int> = []
    var mentees = [Int](repeating: 0, count: problem.mentees.count)
    var mentors = [Int](repeating: 0, count: problem.mentors.count)
    var weight = 0
    var wrong: [String] = []
    let banned = Set(problem.bans)
    for pair in pairs {
      guard (0..<problem.table.count).contains(pair), !banned.contains(pair) else {
        wrong.append("Not an allowed pair: \(pair).")
        continue
      }
      guard used.insert(pair).inserted else {
        wrong.append("A pair is used twice: \(pair).")
        continue
      }
      mentees[problem.table.mentee(of: pair)] += 1
      mentors[problem.table.mentor(of: pair)] += 1
      weight += problem.table.weight(of: pair)
    }
    var short = 0
    for (name, ranges, degrees) in [("mentee", problem.mentees, mentees), ("mentor", problem.mentors, mentors)] {
      for (person, range) in ranges.enumerated() {
        short += max(0, range.least - degrees[person])
        if degrees[person] > range.most { wrong.append("The \(name) \(person) has \(degrees[person]) places of \(range.most).") }
      }
    }
    for pin in problem.pins where !used.contains(pin) { wrong.append("A pin is missing: \(pin).") }
    self.used = used
    degrees = (mentees, mentors)
    verdict = Verdict(
      objective: MatchObjective(short: short, pairs: used.count, weight: weight), bounds: [:], blockingPairs: 0, wrong: wrong)
  }

  mutating func wrong(_ sentence: String) { verdict.wrong.append(sentence) }

  /// The least measure of a used pair that is not pinned.
  func threshold(_ fairOn: FairMeasure) -> Int? {
    used.subtracting(problem.pins).map { problem.table.measure(of: $0, fairOn) }.min()
  }

  /// Counts pairs in which both have a free place or somebody they like less.
  mutating func countBlockingPairs() {
    let table = problem.table
    var worst = (
      mentees: [Int](repeating: .max, count: problem.mentees.count), mentors: [Int](repeating: .max, count: problem.mentors.count)
    )
    for pair in used.subtracting(problem.pins) {
      let scores = table.scores(of: pair)
      worst.mentees[table.mentee(of: pair)] = min(worst.mentees[table.mentee(of: pair)], scores.mentee)
      worst.mentors[table.mentor(of: pair)] = min(worst.mentors[table.mentor(of: pair)], scores.mentor)
    }
    let banned = Set(problem.bans)
    var blocking = 0
    for pair in 0..<table.count where !used.contains(pair) && !banned.contains(pair) {
      let (mentee, mentor, scores) = (table.mentee(of: pair), table.mentor(of: pair), table.scores(of: pair))
      let menteeWants =
        degrees.mentees[mentee] < problem.mentees[mentee].most
        || worst.mentees[mentee] != .max && scores.mentee > worst.mentees[mentee]
      let mentorWants =
        degrees.mentors[mentor] < problem.mentors[mentor].most
        || worst.mentors[mentor] != .max && scores.mentor > worst.mentors[mentor]
      if menteeWants && mentorWants { blocking += 1 }
    }
    verdict.blockingPairs = blocking
    if blocking > 0 { wrong("\(blocking) pairs would both rather have each other.") }
  }

  /// Checks that prices bound the objective by what was reached, or by less where a higher threshold must be shown to be impossible.
  mutating func needBound(_ name: String, _ prices: PriceSet?, _ claim: Claim, _ relation: Relation) {
    guard let prices else { return wrong("The certificate lacks \(name).") }
    guard let bound = BoundSum(problem, prices, claim)?.total else { return wrong("The prices of \(name) are not valid.") }
    verdict.bounds[name] = bound
    let reached = Price(
      quota: -verdict.objective.short, pairs: claim.countsPairs ? verdict.objective.pairs : 0,
      weight: claim.countsWeight ? verdict.objective.weight : 0)
    guard relation == .equal ? bound == reached : bound < reached else {
      return wrong("The bound of \(name) is \(bound.list), to be \(relation == .equal ? "equal to" : "below") \(reached.list).")
    }
  }
}

extension Price {
  var list: [Int] { [quota, pairs, weight] }
}
