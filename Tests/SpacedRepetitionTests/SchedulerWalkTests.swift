import SpacedRepetition
import Testing

@Suite("Walks: each review exactly when due, no fuzz")
struct SchedulerWalkTests {
  @Test("states, waits, stability and difficulty agree with the reference", arguments: try Golden.load().scheduler_walks)
  func walk(_ walk: Golden.Walk) throws {
    let options = try SchedulerOptions(
      desiredRetention: walk.desired_retention, learningSteps: walk.learning_steps_s, relearningSteps: walk.relearning_steps_s,
      fuzz: false)
    let scheduler = Scheduler(options: options)
    var progress = CardProgress.new
    var moment = Moment(instant: 1_767_265_200_000_000, zoneOffset: 60)
    for answer in walk.steps {
      let grade = try #require(Grade(rawValue: answer.rating))
      let preview = try #require(scheduler.preview(progress, at: moment, card: 1, grades: [grade]).first)
      progress = scheduler.answer(progress, grade, at: moment, card: 1)
      #expect(preview.progress == progress)
      #expect(progress.state == state(answer))
      #expect(agrees(progress.memory?.stability ?? 0, answer.S))
      #expect(agrees(progress.memory?.difficulty ?? 0, answer.D))
      let seconds = seconds(preview.wait)
      #expect(seconds == answer.wait_seconds)
      moment = Moment(instant: moment.instant + Int64(seconds) * 1_000_000, zoneOffset: 60)
    }
  }

  @Test("all nine walks are there")
  func complete() throws {
    try #expect(Golden.load().scheduler_walks.map(\.steps.count).reduce(0, +) >= 60)
    try #expect(Golden.load().scheduler_walks.count == 9)
  }

  private func state(_ answer: Golden.Walk.Answer) -> CardState {
    switch answer.state {
    case "learning": .learning(step: answer.step ?? -1)
    case "relearning": .relearning(step: answer.step ?? -1)
    default: .review
    }
  }

  private func seconds(_ wait: Wait) -> Int {
    switch wait {
    case .seconds(let seconds): seconds
    case .days(let days): days * 86_400
    }
  }
}
