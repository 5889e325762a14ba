import Matching
import Testing

@Suite("Waiting time")
struct WaitEstimateTests {
  @Test("on 100 histories of 1,000 asks, 45-55 % end within the p50 and 87-93 % within the p90")
  func simulated() {
    for seed in 1...100 as ClosedRange<UInt64> {
      let history = History(seed: seed, asks: 1000)
      guard case .known(.within(let half), .within(let most), 1000, .family) = estimate(history.seen) else {
        Issue.record("history \(seed) has both bounds")
        continue
      }
      #expect((450...550).contains(history.trueWaits.filter { $0 <= half }.count), "history \(seed)")
      #expect((870...930).contains(history.trueWaits.filter { $0 <= most }.count), "history \(seed)")
    }
  }

  @Test("dropping the asks that were not met would promise too much")
  func droppingIsWrong() {
    let history = History(seed: 1, asks: 1000)
    guard case .known(_, .within(let most), _, _) = estimate(history.seen.filter(\.wasMet)) else {
      Issue.record("the met asks give a bound")
      return
    }
    #expect(history.trueWaits.filter { $0 <= most }.count < 870)
  }

  @Test("asks that left count as waiting up to then, reckoned by hand")
  func byHand() {
    // At risk when met: 12, 11, 10, then 7 at 40, 5 at 50, 4 at 60 minutes. Still waiting after 20 minutes 9/12, after 40
    // 9/12 x 6/7 = 0.643, after 50 x 4/5 = 0.514, after 60 x 3/4 = 0.386.
    let met = [10, 20, 20, 40, 50, 60].map { Wait(minutes: $0, wasMet: true) }
    let left = [20, 30, 45, 70, 80, 90].map { Wait(minutes: $0, wasMet: false) }
    #expect(
      WaitEstimate(family: [], kind: [], organisation: met + left)
        == .known(half: .within(minutes: 60), nineInTen: .moreThan(minutes: 90), asks: 12, scope: .organisation))
  }

  @Test("without censoring the p50 and p90 are the 10th and 18th of 20")
  func uncensored() {
    let waits = (1...20).map { Wait(minutes: $0 * 60, wasMet: true) }.reversed()
    #expect(
      estimate(Array(waits)) == .known(half: .within(minutes: 600), nineInTen: .within(minutes: 1080), asks: 20, scope: .family))
  }

  @Test("an ask that left at the moment another was met was still waiting")
  func equalTimes() {
    let waits = (0..<10).map { Wait(minutes: 5, wasMet: $0 >= 5) }
    #expect(
      WaitEstimate(family: [], kind: [], organisation: waits)
        == .known(half: .within(minutes: 5), nineInTen: .moreThan(minutes: 5), asks: 10, scope: .organisation))
  }

  @Test("fewer than 20 asks widen the group, fewer than 10 say nothing")
  func widening() {
    func waits(_ count: Int) -> [Wait] { (0..<count).map { Wait(minutes: $0, wasMet: true) } }
    func scope(_ family: Int, _ kind: Int, _ organisation: Int) -> WaitScope? {
      guard case .known(_, _, _, let scope) = WaitEstimate(family: waits(family), kind: waits(kind), organisation: waits(organisation))
      else { return nil }
      return scope
    }
    #expect(scope(20, 30, 40) == .family)
    #expect(scope(19, 20, 40) == .kind)
    #expect(scope(19, 19, 19) == .organisation)
    #expect(scope(0, 5, 10) == .organisation)
    #expect(WaitEstimate(family: waits(9), kind: waits(9), organisation: waits(9)) == .cannotTell(asks: 9))
    #expect(WaitEstimate(family: [], kind: [], organisation: []) == .cannotTell(asks: 0))
  }

  @Test("when nobody was met the bound is only from below")
  func nobodyMet() {
    let waits = (1...20).map { Wait(minutes: $0 * 1440, wasMet: false) }
    let estimate = estimate(waits)
    #expect(
      estimate == .known(half: .moreThan(minutes: 28_800), nineInTen: .moreThan(minutes: 28_800), asks: 20, scope: .family))
    #expect(estimate.sentence == "More than 20 days for half of them.")
  }

  @Test("the words round a promise up and an excess down")
  func words() {
    func sentence(_ half: WaitBound, _ most: WaitBound) -> String {
      WaitEstimate.known(half: half, nineInTen: most, asks: 42, scope: .kind).sentence
    }
    #expect(sentence(.within(minutes: 290), .within(minutes: 2700)) == "Half are answered in 5 h, nine in ten in 2 days.")
    #expect(sentence(.within(minutes: 45), .within(minutes: 2160)) == "Half are answered in 45 min, nine in ten in 36 h.")
    #expect(sentence(.within(minutes: 300), .moreThan(minutes: 9000)) == "Half are answered in 5 h, more than 6 days for one in ten.")
    #expect(WaitEstimate.cannotTell(asks: 9).sentence == "How long it takes cannot be told yet.")
    #expect(WaitEstimate.cannotTell(asks: 0).basis == "There was no other ask in the last 90 days.")
    #expect(WaitEstimate.cannotTell(asks: 1).basis == "Only 1 ask in the last 90 days.")
    let known = WaitEstimate.known(half: .within(minutes: 1), nineInTen: .within(minutes: 2), asks: 42, scope: .kind)
    #expect(known.basis == "From 42 asks of this kind in the last 90 days.")
  }

  private func estimate(_ waits: [Wait]) -> WaitEstimate {
    WaitEstimate(family: waits, kind: waits, organisation: waits)
  }
}

/// A simulated history: the true waits, and what was seen of them because about three in ten left before being met.
private struct History {
  var trueWaits: [Int] = []
  var seen: [Wait] = []

  init(seed: UInt64, asks: Int) {
    var dice = Dice(state: seed)
    for _ in 0..<asks {
      // A product of three uniform numbers has the long tail of real waits: most within hours, some for days.
      let wait = dice.roll(1...20) * dice.roll(1...20) * dice.roll(1...20)
      let leaves = dice.roll(1...9000)
      trueWaits.append(wait)
      seen.append(Wait(minutes: min(wait, leaves), wasMet: wait <= leaves))
    }
  }
}
