import Foundation
import SpacedRepetition
import Testing

@Suite("Scheduler")
struct SchedulerTests {
  let start = Moment(instant: 1_767_265_200_000_000, zoneOffset: 0)

  private func later(_ days: Int) -> Moment { Moment(instant: start.instant + Int64(days) * 86_400_000_000, zoneOffset: 0) }

  @Test("a step beyond a list that was shortened leads to review, unless forgotten", arguments: [-1, 1, 7, Int.max, Int.min])
  func shortened(step: Int) throws {
    let scheduler = Scheduler()
    for state in [CardState.learning(step: step), .relearning(step: step)] {
      let progress = CardProgress(state: state, memory: MemoryState(stability: 2, difficulty: 5), lastReview: start, reviews: 1)
      for grade in [Grade.hard, .good, .easy] {
        #expect(scheduler.answer(progress, grade, at: start, card: 1).state == .review)
      }
      let forgotten = scheduler.answer(progress, .again, at: start, card: 1)
      #expect(forgotten.state == (state == .learning(step: step) ? .learning(step: 0) : .relearning(step: 0)))
      #expect(forgotten.due == .instant(start.instant + 600_000_000))
    }
  }

  @Test("only forgetting in review is a lapse")
  func lapses() {
    let scheduler = Scheduler()
    var progress = CardProgress.new
    for grade in [Grade.again, .again, .good, .again, .again, .good] {
      progress = scheduler.answer(progress, grade, at: start, card: 1)
    }
    #expect(progress.lapses == 1)
    #expect(progress.reviews == 6)
  }

  @Test("four previews rise with the grade, fuzz or not, and equal the answer")
  func previews() throws {
    var random = SeededGenerator(seed: 5)
    let options = try SchedulerOptions(relearningSteps: [])
    let scheduler = Scheduler(options: options)
    for card in 0..<2_000 {
      let progress = CardProgress(
        state: .review, memory: MemoryState(stability: .random(in: 0.1...2_000, using: &random), difficulty: 5),
        lastReview: start, reviews: Int.random(in: 1...50, using: &random))
      let moment = later(Int.random(in: 0...900, using: &random))
      let previews = scheduler.preview(progress, at: moment, card: Int64(card), grades: Grade.allCases)
      #expect(previews.map(\.grade) == Grade.allCases)
      let days = previews.map { preview in
        if case .day(let day) = preview.due { day } else { DayNumber(rawValue: 0) }
      }
      #expect(days == days.sorted())
      #expect(days.allSatisfy { $0 > moment.day })
    }
  }

  @Test("the day is picked by the card's id and the number of reviews before the answer")
  func fraction() throws {
    let scheduler = Scheduler()
    let memory = MemoryState(stability: 40, difficulty: 5)
    for card in Int64(0)..<200 {
      let progress = CardProgress(state: .review, memory: memory, lastReview: start, reviews: 3)
      let next = scheduler.answer(progress, .good, at: later(40), card: card)
      let range = try #require(scheduler.fuzzRange(of: next))
      let days = range.pick(FuzzRange.fraction(card: card, reviews: 3))
      #expect(next.due == .day(later(40).day.advanced(by: days)))
    }
  }

  @Test("two buttons show two previews, a suspended card none")
  func buttons() {
    let scheduler = Scheduler()
    #expect(scheduler.preview(.new, at: start, card: 1).map(\.grade) == [.again, .good])
    #expect(scheduler.preview(CardProgress.new.suspended(), at: start, card: 1).isEmpty)
  }

  @Test("a suspended card learns from a late answer but stays aside")
  func suspended() {
    let scheduler = Scheduler()
    let known = scheduler.answer(.new, .easy, at: start, card: 1)
    let answered = scheduler.answer(known.suspended(), .good, at: later(8), card: 1)
    #expect(answered.state == .suspended)
    #expect(answered.due == nil)
    #expect(answered.memory == scheduler.answer(known, .good, at: later(8), card: 1).memory)
  }

  @Test("no interval exceeds the maximum")
  func maximum() throws {
    let scheduler = Scheduler(options: try SchedulerOptions(maximumInterval: 30))
    var progress = CardProgress.new
    var moment = start
    for card in 0..<50 {
      progress = scheduler.answer(progress, .easy, at: moment, card: Int64(card))
      guard case .day(let day) = progress.due else { continue }
      #expect(moment.day.days(to: day) <= 30)
      moment = Moment(instant: day.start(zoneOffset: 0), zoneOffset: 0)
    }
    #expect(progress.memory?.stability ?? 0 > 30)
  }

  @Test("options out of range are refused by name")
  func options() throws {
    for retention in [0.69, 0.98, .nan] {
      #expect(throws: SchedulerOptions.Refusal.self) { try SchedulerOptions(desiredRetention: retention) }
    }
    #expect(throws: SchedulerOptions.Refusal.maximumInterval(0)) { try SchedulerOptions(maximumInterval: 0) }
    #expect(throws: SchedulerOptions.Refusal.maximumInterval(36_501)) { try SchedulerOptions(maximumInterval: 36_501) }
    #expect(throws: SchedulerOptions.Refusal.learningSteps) { try SchedulerOptions(learningSteps: [0]) }
    #expect(throws: SchedulerOptions.Refusal.relearningSteps) { try SchedulerOptions(relearningSteps: [86_401]) }
    let json = try JSONEncoder().encode(SchedulerOptions.defaults)
    try #expect(JSONDecoder().decode(SchedulerOptions.self, from: json) == .defaults)
    let spoilt = String(decoding: json, as: UTF8.self).replacingOccurrences(of: "36500", with: "0")
    #expect(throws: (any Error).self) { try JSONDecoder().decode(SchedulerOptions.self, from: Data(spoilt.utf8)) }
  }

  @Test("a card that would not be known on the day comes up on the eve")
  func deadline() throws {
    let scheduler = Scheduler(options: try SchedulerOptions(fuzz: false))
    let card = scheduler.answer(.new, .easy, at: start, card: 1)
    let due = start.day.advanced(by: 8)
    #expect(card.due == .day(due))
    #expect(scheduler.due(of: card, knownOn: start.day.advanced(by: 5)) == .day(due))
    #expect(scheduler.due(of: card, knownOn: start.day.advanced(by: 30)) == .day(due))
    let late = CardProgress(
      state: .review, memory: MemoryState(stability: 3, difficulty: 5), due: .day(start.day.advanced(by: 20)), lastReview: start)
    #expect(scheduler.due(of: late, knownOn: start.day.advanced(by: 10)) == .day(start.day.advanced(by: 9)))
  }

  @Test("stored progress comes back the same, and a spoilt memory comes back in range")
  func coding() throws {
    let progress = Scheduler().answer(.new, .good, at: start, card: 1)
    let data = try JSONEncoder().encode(progress)
    try #expect(JSONDecoder().decode(CardProgress.self, from: data) == progress)
    let spoilt = Data(#"{"stability":-4,"difficulty":99}"#.utf8)
    try #expect(JSONDecoder().decode(MemoryState.self, from: spoilt) == MemoryState(stability: 0.001, difficulty: 10))
  }

  @Test("moments and counts at the ends of their types do not trap", arguments: [Int64.min, 0, Int64.max])
  func extremes(instant: Int64) {
    let moment = Moment(instant: instant, zoneOffset: .min)
    let scheduler = Scheduler()
    for state in [CardState.new, .learning(step: 0), .review, .relearning(step: 0)] {
      let progress = CardProgress(
        state: state, memory: MemoryState(stability: 36_500, difficulty: 1), lastReview: Moment(instant: 0, zoneOffset: .max),
        reviews: .max, lapses: .max)
      for preview in scheduler.preview(progress, at: moment, card: .min, grades: Grade.allCases) {
        #expect(preview.due.opens(zoneOffset: .max) >= moment.day.start(zoneOffset: .max) || instant == .max)
        #expect(preview.progress.reviews == .max)
      }
    }
  }
}
