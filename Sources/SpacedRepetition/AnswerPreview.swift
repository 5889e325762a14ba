/// What one answer would lead to: the small print under a button.
public struct AnswerPreview: Hashable, Sendable {
  /// The answer.
  public let grade: Grade
  /// The time until the next question.
  public let wait: Wait
  /// When the next question would be due.
  public let due: Due
  /// The whole progress after the answer.
  public let progress: CardProgress
}

extension Scheduler {
  /// What each answer would lead to, in the order asked for; empty for a suspended card.
  ///
  /// All answers share one fraction, so a better answer never gets an earlier day.
  /// - Parameter grades: `Grade.passFail` for two buttons, `Grade.allCases` for four.
  public func preview(
    _ progress: CardProgress, at moment: Moment, card: Int64, grades: [Grade] = Grade.passFail
  ) -> [AnswerPreview] {
    grades.compactMap { grade in
      let next = answer(progress, grade, at: moment, card: card)
      return next.due.map { due in
        AnswerPreview(grade: grade, wait: wait(from: moment, to: due), due: due, progress: next)
      }
    }
  }

  private func wait(from moment: Moment, to due: Due) -> Wait {
    switch due {
    case .instant(let instant): .seconds(Int(instant.saturatingSubtracting(moment.instant) / 1_000_000))
    case .day(let day): .days(moment.day.days(to: day))
    }
  }
}
