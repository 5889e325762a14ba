import Testing

@testable import SpacedRepetition

@Suite("Load balance")
struct LoadBalanceTests {
  let room = PlanDay(load: 0, budget: 20)

  @Test("weights are ease times sibling over day and fullness")
  func weights() {
    #expect(agrees(room.weight(interval: 4), 0.25))
    #expect(agrees(PlanDay(load: 20, budget: 20).weight(interval: 4), 1.0 / 16))
    #expect(agrees(PlanDay(load: 0, budget: 20, ease: .reduced).weight(interval: 1), 0.5))
    #expect(agrees(PlanDay(load: 0, budget: 20, ease: .free).weight(interval: 1), 0.0001))
    let siblings = [(0, 1e-6), (1, 0.2), (-2, 0.4), (4, 0.8), (5, 1), (90, 1)]
    for (distance, weight) in siblings {
      #expect(agrees(PlanDay(load: 0, budget: 20, siblingDistance: distance).weight(interval: 1), weight))
    }
  }

  @Test("the fraction walks the cumulative weights")
  func cumulative() {
    let range = FuzzRange(interval: 3, maximum: 100)
    #expect(range.lower == 2 && range.upper == 4)
    // Weights 1/2, 1/3, 1/4: shares .4615, .7692 and 1.
    #expect(range.balancedPick(0) { _ in room } == 2)
    #expect(range.balancedPick(0.461) { _ in room } == 2)
    #expect(range.balancedPick(0.462) { _ in room } == 3)
    #expect(range.balancedPick(0.769) { _ in room } == 3)
    #expect(range.balancedPick(0.770) { _ in room } == 4)
    #expect(range.balancedPick(1) { _ in room } == 4)
  }

  @Test("a free day is left alone, and free days only still schedule within the bounds")
  func free() {
    let range = FuzzRange(interval: 10, maximum: 100)
    var onFreeDay = 0
    for card in 0..<2_000 {
      let fraction = FuzzRange.fraction(card: Int64(card), reviews: 1)
      let pick = range.balancedPick(fraction) { PlanDay(load: 0, budget: 20, ease: $0 == 10 ? .free : .normal) }
      if pick == 10 { onFreeDay += 1 }
      let anyway = range.balancedPick(fraction) { _ in PlanDay(load: 5, budget: 0, ease: .free) }
      #expect((range.lower...range.upper).contains(anyway))
      #expect((range.lower...range.upper).contains(pick))
    }
    #expect(onFreeDay <= 2)
  }

  @Test("no day exceeds its budget by more than one card while a day in reach has room")
  func budget() {
    var random = SeededGenerator(seed: 7)
    var load = Array(repeating: 0.0, count: 80)
    let minutes = 0.5
    for card in 0..<1_500 {
      let range = FuzzRange(interval: .random(in: 1...60, using: &random), maximum: 70)
      let hadRoom = (range.lower...range.upper).contains { load[$0] < 10 }
      let pick = range.balancedPick(FuzzRange.fraction(card: Int64(card), reviews: 0)) { PlanDay(load: load[$0], budget: 10) }
      if hadRoom { #expect(load[pick] < 10) }
      load[pick] += minutes
    }
    #expect(load.max() ?? 0 > 10, "the test must fill days to show anything")
  }

  @Test("minutes per day vary less than with plain fuzz over 60 days and 10 000 cards")
  func evenness() {
    var random = SeededGenerator(seed: 8)
    var plain = Array(repeating: 0.0, count: 200)
    var balanced = plain
    for card in 0..<10_000 {
      let today = Int.random(in: 0..<60, using: &random)
      let range = FuzzRange(interval: [4, 9.2, 21, 48].randomElement(using: &random) ?? 4, maximum: 90)
      let fraction = FuzzRange.fraction(card: Int64(card), reviews: 1)
      plain[today + range.pick(fraction)] += 0.2
      balanced[today + range.balancedPick(fraction) { PlanDay(load: balanced[today + $0], budget: 35) }] += 0.2
    }
    #expect(variation(balanced[20..<80]) < variation(plain[20..<80]))
  }

  private func variation(_ minutes: ArraySlice<Double>) -> Double {
    let mean = minutes.reduce(0, +) / Double(minutes.count)
    let variance = minutes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(minutes.count)
    return variance.squareRoot() / mean
  }

  @Test("a card in review is placed inside its bounds; a long interval, a step and a new card are not")
  func placing() {
    let scheduler = Scheduler()
    let moment = Moment(instant: 1_767_265_200_000_000, zoneOffset: 0)
    for card in Int64(0)..<200 {
      let progress = CardProgress(
        state: .review, memory: MemoryState(stability: 20, difficulty: 5), lastReview: moment, reviews: 4)
      let day = scheduler.balancedDay(for: progress, card: card) { PlanDay(load: Double($0.rawValue % 3), budget: 3) }
      #expect(day.map { (17...23).contains(moment.day.days(to: $0)) } == true)
    }
    let long = CardProgress(state: .review, memory: MemoryState(stability: 90.1, difficulty: 5), lastReview: moment, reviews: 4)
    let step = CardProgress(
      state: .relearning(step: 0), memory: MemoryState(stability: 20, difficulty: 5), lastReview: moment, reviews: 4)
    for progress in [long, step, .new] {
      #expect(scheduler.balancedDay(for: progress, card: 1) { _ in room } == nil)
    }
  }

  @Test("plans that are no numbers still give a day in the range", arguments: [Double.nan, .infinity, -.infinity, -1])
  func noNumbers(value: Double) {
    let pick = FuzzRange(interval: 15, maximum: 100).balancedPick(0.5) { _ in
      PlanDay(load: value, budget: value, siblingDistance: .min)
    }
    #expect((13...17).contains(pick))
  }
}
