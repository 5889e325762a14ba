import Foundation
import Kit
import SpacedRepetition
import Store
import Web

extension Play {
  /// Lessons that were assigned are done some days later; others are found in the library.
  mutating func lessonsAreDone(_ tx: Transaction) throws {
    let assigned = try tx.rows(
      """
      SELECT person_id, lesson_id FROM assignment WHERE org_id = \(company.org) AND done_at IS NULL AND withdrawn_at IS NULL ORDER BY id
      """)
    for row in assigned {
      guard let someone = company.someone(try row("person_id")), dice.below(600) < someone.diligence else { continue }
      try finish(try row("lesson_id"), someone.viewer, tx)
    }
    for _ in 0..<daily(perThousand: 30) {
      guard let someone = dice.one(of: company.people), dice.percent(someone.diligence), let lesson = dice.one(of: company.lessons) else {
        continue
      }
      try finish(lesson, someone.viewer, tx)
    }
  }

  private mutating func finish(_ lesson: ID<Lesson>, _ viewer: Viewer, _ tx: Transaction) throws {
    let isKnown = try tx.count(
      "SELECT count(*) FROM attempt WHERE org_id = \(company.org) AND person_id = \(viewer.person) AND lesson_id = \(lesson) AND finished_at IS NOT NULL"
    )
    guard isKnown == 0 else { return }
    pass(.seconds(dice.within(5...20)))
    try attempt {
      _ = try MoveOn(lesson: lesson, part: 1)(tx, viewer, world)
      return try FinishLesson(lesson: lesson)(tx, viewer, world)
    }
  }

  /// Those who keep a rhythm answer some of what is due, and know a card about as often as the model of memory says.
  mutating func cardsAreReviewed(isWorkday: Bool, _ tx: Transaction) throws {
    let rows = try tx.rows(
      """
      SELECT id, person_id, stability, last_day FROM card WHERE org_id = \(company.org) AND suspended_at IS NULL AND due_at <= \(clock.now)
      ORDER BY person_id, due_at, id
      """)
    var left: [ID<Person>: Int] = [:]
    for row in rows {
      let person: ID<Person> = try row("person_id")
      guard let someone = company.someone(person) else { continue }
      if left[person] == nil {
        let comes = someone.diligence > 60 && dice.percent(isWorkday ? someone.diligence - 15 : 30)
        left[person] = person == story?.learner.person ? 30 : comes ? 5 : 0
      }
      guard let more = left[person], more > 0 else { continue }
      left[person] = more - 1
      let recall = try recall(row, someone.viewer)
      var answer = AnswerCard(card: try row("id"), answer: outcome(recall))
      answer.milliseconds = dice.within(3_000...22_000)
      try attempt { try answer(tx, someone.viewer, world) }
    }
  }

  /// Predicted recall of a card now; of a new one, how often something just read is known.
  private func recall(_ row: Row, _ viewer: Viewer) throws -> Double {
    guard let stability: Double = try row.optional("stability"), let last: Int = try row.optional("last_day") else { return 0.85 }
    // The story's learner forgets sooner than most, which her own answers come to tell.
    let pace = viewer.person == story?.learner.person ? 3 : 1
    let days = DayNumber(rawValue: last).days(to: LearningClock(zone: viewer.zone, world).today) * pace
    return MemoryModel().retrievability(of: MemoryState(stability: stability, difficulty: 5), afterDays: Double(days))
  }

  private mutating func outcome(_ recall: Double) -> AnswerCard.Answer {
    if Double(dice.below(1000)) >= recall * 1000 { return .forgot }
    let ease = dice.below(100)
    return ease < 12 ? .hard : ease < 88 ? .recalled : .easy
  }
}
