/// What a check of an answer found.
public struct Verdict: Sendable, Equatable {
  /// What the answer reaches, counted anew.
  public var objective: MatchObjective
  /// The bound of each set of prices that was looked at, by its name in the certificate.
  public var bounds: [String: Price]
  /// Mode stable: pairs in which both would rather have each other.
  public var blockingPairs: Int
  /// Everything that is wrong; empty for a right answer.
  public var wrong: [String]

  /// Whether the answer and its proof hold.
  public var holds: Bool { wrong.isEmpty }
}

/// Checks an answer and its certificate without trusting whoever made them.
///
/// This is separate code from the solver. For any prices `p` of people
///
///     bound = Σ (p > 0 ? most : least) x p  +  Σ max(0, W - p_mentee - p_mentor) over pairs  +  Σ the same without max over pins
///
/// is at least as good as the best answer (weak duality of linear programs), where `W` is [0, 1, weight], in mode score [0, 0, weight]. An
/// answer that reaches its bound therefore is optimal. Prices are triples, compared level by level, none below [-1, 0, 0].
///
/// - Parameter pairs: Numbers of the pairs used.
/// - Complexity: O(pairs + people), one pass for each set of prices.
public func verify(
  _ pairs: [Int], of problem: MatchProblem, mode: MatchMode, fairOn: FairMeasure = .pair, certificate: Certificate?
) -> Verdict {
  var check = AnswerCheck(problem, pairs)
  switch mode {
  case .stable: check.countBlockingPairs()
  case .score: check.needBound("prices", certificate?.prices, Claim(countsPairs: false, countsWeight: true), .equal)
  case .coverage: check.needBound("prices", certificate?.prices, Claim(countsPairs: true, countsWeight: true), .equal)
  case .fair:
    guard let threshold = check.threshold(fairOn) else {
      check.needBound("prices", certificate?.prices, Claim(countsPairs: true, countsWeight: true), .equal)
      break
    }
    if let said = certificate?.threshold, said != threshold { check.wrong("The threshold is \(threshold), not \(said).") }
    let best = Claim(countsPairs: true, countsWeight: true, measure: fairOn, atLeast: threshold)
    check.needBound("prices", certificate?.prices, best, .equal)
    check.needBound("reach", certificate?.reach, Claim(countsPairs: true, countsWeight: false), .equal)
    let better = Claim(countsPairs: true, countsWeight: false, measure: fairOn, atLeast: threshold + 1)
    check.needBound("blocker", certificate?.blocker, better, .below)
  }
  return check.verdict
}

/// What a set of prices is to prove: about which pairs, and what one of them is worth.
struct Claim {
  let countsPairs: Bool
  let countsWeight: Bool
  var measure: FairMeasure?
  var atLeast = Int.min
}
