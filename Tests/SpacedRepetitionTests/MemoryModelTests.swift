import Testing

@testable import SpacedRepetition

@Suite("The memory model agrees with the reference")
struct MemoryModelTests {
  let golden: Golden
  let model = MemoryModel()

  init() throws { golden = try Golden.load() }

  private func grade(_ rating: Int) throws -> Grade { try #require(Grade(rawValue: rating)) }

  @Test("the shape of the forgetting curve follows from weight 20")
  func derived() {
    #expect(agrees(model.decay, golden.derived.decay))
    #expect(agrees(model.factor, golden.derived.factor))
  }

  @Test("the first answer sets stability and difficulty")
  func first() throws {
    #expect(golden.first_review.count == 4)
    for row in golden.first_review {
      let memory = model.first(try grade(row.rating))
      #expect(agrees(memory.stability, row.S))
      #expect(agrees(memory.difficulty, row.D))
      #expect(agrees(model.firstDifficulty(try grade(row.rating)), row.D_unclamped))
    }
  }

  @Test("recall fades as the reference says")
  func retrievability() {
    #expect(golden.retrievability.count == 9)
    for row in golden.retrievability {
      let memory = MemoryState(stability: row.S, difficulty: 5)
      #expect(agrees(model.retrievability(of: memory, afterDays: row.t), row.R))
    }
  }

  @Test("intervals agree before and after rounding")
  func interval() {
    #expect(golden.interval.count == 24)
    for row in golden.interval {
      let days = model.interval(for: MemoryState(stability: row.S, difficulty: 5), retention: row.desired_retention)
      #expect(agrees(days, row.unrounded))
      #expect(FuzzRange(interval: days, maximum: 36_500, spread: false).lower == row.days)
    }
  }

  @Test("intervals of a stability of one day agree over the whole range of retention")
  func unitIntervals() {
    let table = golden.interval_S1_by_retention_unclamped
    #expect(table.retention.count == 10)
    for (retention, days) in zip(table.retention, table.days_min1_no_max) {
      let interval = model.interval(for: MemoryState(stability: 1, difficulty: 5), retention: retention)
      let rounded = FuzzRange(interval: interval, maximum: 100_000_000, spread: false).lower
      #expect(days < 100_000 ? rounded == days : agrees(Double(rounded), Double(days)))
    }
  }

  @Test("difficulty steps, then reverts to the mean")
  func difficulty() throws {
    let table = golden.next_difficulty_from_5
    for (index, rating) in table.ratings.enumerated() {
      let stepped = model.steppedDifficulty(5, try grade(rating))
      #expect(agrees(stepped, table.before_reversion[index]))
      #expect(agrees(model.revertedDifficulty(stepped), table.after_reversion[index]))
    }
  }

  @Test("one answer from one state, for every grade and gap of the reference")
  func oneStep() throws {
    #expect(golden.one_step.count == 64)
    for row in golden.one_step {
      let memory = MemoryState(stability: row.S, difficulty: row.D)
      let next = model.next(after: memory, grade: try grade(row.rating), elapsedDays: row.t)
      #expect(agrees(model.retrievability(of: memory, afterDays: Double(row.t)), row.R))
      #expect(agrees(next.stability, row.S_next))
      #expect(agrees(next.difficulty, row.D_next))
      #expect(agrees(model.interval(for: next, retention: 0.9), row.interval_90))
    }
  }

  @Test(
    "the table of one good card agrees",
    arguments: [
      (0, [0.775084, 2.3065, 2.3065, 3.946054]), (1, [0.571299, 5.318793, 7.315301, 11.687483]),
      (3, [0.636851, 9.234871, 13.826904, 23.883064]), (30, [0.905347, 23.424143, 37.420638, 68.071770]),
    ])
  func table(days: Int, stabilities: [Double]) {
    let memory = MemoryState(stability: 2.3065, difficulty: 2.118104)
    for (grade, stability) in zip(Grade.allCases, stabilities) {
      let next = model.next(after: memory, grade: grade, elapsedDays: days)
      #expect(agrees(next.stability, stability))
    }
    for (grade, difficulty) in zip(Grade.allCases, [7.394503, 4.752859, 2.111214, 1]) {
      #expect(agrees(model.next(after: memory, grade: grade, elapsedDays: days).difficulty, difficulty))
    }
  }

  @Test(
    "intervals at other retentions follow the same stability",
    arguments: [
      (0.80, [2.1118, 30.6225, 45.8495, 79.1953]), (0.95, [0.2564, 3.7176, 5.5661, 9.6143]),
    ])
  func otherRetentions(retention: Double, intervals: [Double]) {
    let memory = MemoryState(stability: 2.3065, difficulty: 2.118104)
    for (grade, interval) in zip(Grade.allCases, intervals) {
      let next = model.next(after: memory, grade: grade, elapsedDays: 3)
      #expect(agrees(model.interval(for: next, retention: retention), interval, 2e-4))
    }
  }

  @Test("each stability formula agrees on its own")
  func components() throws {
    let recall = golden.component_checks.S_recall
    let forget = golden.component_checks.S_forget
    let sameDay = golden.component_checks.S_same_day
    for (index, grade) in Grade.allCases.enumerated() {
      let difficulty = try #require(recall.D)[index]
      let retrievability = try #require(recall.R)[index]
      let memory = MemoryState(stability: 5, difficulty: difficulty)
      #expect(agrees(model.recalledStability(memory, grade, retrievability: retrievability), recall.value[index]))
      #expect(agrees(model.forgottenStability(memory, retrievability: retrievability), forget.value[index]))
      #expect(agrees(model.sameDayStability(memory, grade), sameDay.value[index]))
    }
  }

  private func memory(after reviews: [[Int]], _ model: MemoryModel) throws -> [MemoryState] {
    var states: [MemoryState] = []
    for review in reviews {
      let next =
        try states.last.map { model.next(after: $0, grade: try grade(review[0]), elapsedDays: review[1]) }
        ?? model.first(try grade(review[0]))
      states.append(next)
    }
    return states
  }

  @Test("sixty random histories agree after every answer")
  func histories() throws {
    #expect(golden.histories.cases.count == 60)
    for history in golden.histories.cases {
      for (state, reference) in zip(try memory(after: history.reviews, model), history.states) {
        #expect(agrees(state.stability, reference[0]))
        #expect(agrees(state.difficulty, reference[1]))
      }
    }
  }

  @Test("a lapse on the first day, then five recalls, with and without same-day weights")
  func namedHistory() throws {
    let history = golden.named_history
    let last = try #require(try memory(after: history.reviews, model).last)
    #expect(agrees(last.stability, history.S))
    #expect(agrees(last.difficulty, history.D))
    var weights = Parameters.defaults.weights
    weights.replaceSubrange(17...19, with: [0, 0, 0])
    let without = MemoryModel(parameters: try Parameters(weights: weights))
    let other = try #require(try memory(after: history.reviews, without).last)
    #expect(agrees(other.stability, history.S_with_w17_w18_w19_zero))
  }

  @Test("an SM-2 schedule becomes the memory that explains it")
  func superMemo2() {
    #expect(golden.from_sm2.count == 6)
    for row in golden.from_sm2 {
      let memory = model.memory(from: SuperMemo2(ease: row.ease, interval: row.interval, retention: row.retention))
      #expect(agrees(memory.stability, row.S))
      #expect(agrees(memory.difficulty, row.D, 2e-5))
    }
  }
}
