import SpacedRepetition
import Testing

@Suite("Replay: the state follows from the set of events")
struct ReplayTests {
  let scheduler = Scheduler()

  @Test("order, repeats, partial delivery and other cards do not matter, in 1 000 random histories")
  func setOfEvents() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<1_000 {
      let events = random.events(card: 1)
      let expected = scheduler.replay(events, card: 1)
      let shuffled = events.shuffled(using: &random)
      #expect(scheduler.replay(shuffled, card: 1) == expected)
      #expect(scheduler.replay(shuffled + events.shuffled(using: &random), card: 1) == expected)
      #expect(scheduler.replay(shuffled + random.events(card: 2), card: 1) == expected)
      let part = shuffled.prefix(Int.random(in: 0...events.count, using: &random))
      #expect(scheduler.replay(part + shuffled.dropFirst(part.count), card: 1) == expected)
    }
  }

  @Test("replay equals answering one by one, in 1 000 random histories")
  func incremental() {
    var random = SeededGenerator(seed: 10)
    for _ in 0..<1_000 {
      let reviews = random.events(card: 1).filter { if case .review = $0.kind { true } else { false } }
      var progress = CardProgress.new
      for event in reviews.sorted() {
        guard case .review(let grade) = event.kind else { continue }
        progress = scheduler.answer(progress, grade, at: event.moment, card: 1)
      }
      let replay = scheduler.replay(reviews, card: 1)
      #expect(replay.progress == progress)
      #expect(replay.lastEvent == reviews.max()?.id)
      #expect(replay.progress.reviews == reviews.count)
    }
  }

  @Test("an undone event is as good as never sent, wherever its undo sorts, in 1 000 random histories")
  func undo() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<1_000 {
      let events = random.events(card: 1)
      guard let target = events.randomElement(using: &random) else { continue }
      if case .undo = target.kind { continue }
      let early = Moment(instant: 0, zoneOffset: 0)
      let late = Moment(instant: 4_000_000_000_000_000, zoneOffset: 0)
      let without = scheduler.replay(events.filter { $0.id != target.id }, card: 1)
      for moment in [early, late] {
        let undo = ReviewEvent(id: random.eventID(), card: 1, kind: .undo(of: target.id), moment: moment)
        let replay = scheduler.replay(events + [undo], card: 1)
        #expect(replay.progress == without.progress)
        #expect(replay.scheduledBy == without.scheduledBy)
      }
    }
  }

  @Test("practice changes nothing, in 1 000 random histories")
  func practice() {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<1_000 {
      let events = random.events(card: 1)
      let practised = events.filter { if case .practice = $0.kind { false } else { true } }
      #expect(scheduler.replay(events, card: 1).progress == scheduler.replay(practised, card: 1).progress)
    }
  }

  @Test("a place moves the due day of the last review only, in 1 000 random histories")
  func place() {
    var random = SeededGenerator(seed: 13)
    var placed = 0
    for _ in 0..<1_000 {
      let events = random.events(card: 1)
      let before = scheduler.replay(events, card: 1)
      let late = Moment(instant: 4_000_000_000_000_000, zoneOffset: 0)
      let day = before.progress.lastReview?.day.advanced(by: 3) ?? late.day
      for target in events.map(\.id) {
        let event = ReviewEvent(id: random.eventID(), card: 1, kind: .place(after: target, day: day), moment: late)
        let after = scheduler.replay(events + [event], card: 1).progress
        if target == before.scheduledBy, before.progress.state == .review {
          var expected = before.progress
          expected.due = .day(day)
          #expect(after == expected)
          placed += 1
        } else {
          #expect(after == before.progress)
        }
      }
    }
    #expect(placed > 100)
  }

  private let base: Int64 = 1_767_265_200_000_000

  private func event(_ kind: ReviewEvent.Kind, id: UInt64, day: Int64, seconds: Int64 = 0) -> ReviewEvent {
    ReviewEvent(
      id: EventID(high: 0, low: id), card: 1, kind: kind,
      moment: Moment(instant: base + (day * 86_400 + seconds) * 1_000_000, zoneOffset: 0))
  }

  @Test("a new review frees a card from the day chosen for an older one, and undoing it brings the day back")
  func placeIsForOneReview() {
    let first = event(.review(.easy), id: 1, day: 0)
    let day = first.moment.day.advanced(by: 7)
    let place = event(.place(after: first.id, day: day), id: 2, day: 0, seconds: 1)
    #expect(scheduler.replay([first, place], card: 1).progress.due == .day(day))
    let second = event(.review(.good), id: 3, day: 7)
    let pure = scheduler.replay([first, second], card: 1).progress
    #expect(scheduler.replay([first, place, second], card: 1).progress == pure)
    let undo = event(.undo(of: second.id), id: 4, day: 7, seconds: 9)
    #expect(scheduler.replay([undo, second, place, first], card: 1).progress.due == .day(day))
  }

  @Test("a placed day stays between the review and the maximum interval; the last of two places counts")
  func placeIsBounded() {
    let review = event(.review(.easy), id: 1, day: 0)
    let today = review.moment.day
    let never = event(.place(after: review.id, day: DayNumber(rawValue: .max)), id: 2, day: 0, seconds: 1)
    let past = event(.place(after: review.id, day: DayNumber(rawValue: .min)), id: 3, day: 0, seconds: 2)
    #expect(scheduler.replay([review, never], card: 1).progress.due == .day(today.advanced(by: 36_500)))
    #expect(scheduler.replay([past, review, never], card: 1).progress.due == .day(today))
  }

  @Test("two devices offline never lose a lapse, whichever arrives first")
  func offline() {
    let learnt = event(.review(.easy), id: 1, day: 0)
    let recalledOnPhone = event(.review(.good), id: 2, day: 8)
    let forgottenOnLaptop = event(.review(.again), id: 3, day: 8, seconds: -60)
    for events in [[learnt, recalledOnPhone, forgottenOnLaptop], [forgottenOnLaptop, learnt, recalledOnPhone]] {
      let progress = scheduler.replay(events, card: 1).progress
      #expect(progress.lapses == 1)
      #expect(progress.reviews == 3)
    }
  }

  @Test("events at the same instant are ordered by id")
  func ties() {
    let events = [event(.review(.again), id: 2, day: 0), event(.review(.good), id: 1, day: 0)]
    let good = scheduler.answer(.new, .good, at: events[0].moment, card: 1)
    let expected = scheduler.answer(good, .again, at: events[0].moment, card: 1)
    #expect(scheduler.replay(events, card: 1).progress == expected)
  }

  @Test("a reset starts anew, and an import sets memory and due day")
  func resetAndImport() {
    let review = event(.review(.easy), id: 1, day: 0)
    let reset = event(.reset, id: 2, day: 3)
    #expect(scheduler.replay([review, reset], card: 1).progress == .new)
    let memory = MemoryState(stability: 50, difficulty: 4)
    let brought = event(.import(.memory(memory)), id: 3, day: 4)
    let progress = scheduler.replay([brought, reset, review], card: 1).progress
    #expect(progress.memory == memory)
    #expect(progress.state == .review)
    #expect(progress.due.map { (46...54).map { Due.day(brought.moment.day.advanced(by: $0)) }.contains($0) } == true)
    let old = event(.import(.superMemo2(SuperMemo2(ease: 2.5, interval: 10))), id: 5, day: 4)
    #expect(agrees(scheduler.replay([old], card: 1).progress.memory?.stability ?? 0, 10))
  }
}
