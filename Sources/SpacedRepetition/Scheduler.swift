/// Turns answers into states and due times. A value: the same input always gives the same output.
public struct Scheduler: Hashable, Sendable {
  /// The model of the person's memory.
  public let model: MemoryModel
  /// The person's choices.
  public let options: SchedulerOptions

  public init(parameters: Parameters = .defaults, options: SchedulerOptions = .defaults) {
    model = MemoryModel(parameters: parameters)
    self.options = options
  }

  /// The progress after one answer. Takes constant time.
  ///
  /// Memory is updated by every answer in every state. A suspended card learns from the answer but stays suspended.
  /// - Parameters:
  ///   - progress: the card before the answer.
  ///   - moment: when the answer was given; earlier than the last review counts as the same day.
  ///   - card: the card's id, which decides its fuzz.
  public func answer(_ progress: CardProgress, _ grade: Grade, at moment: Moment, card: Int64) -> CardProgress {
    var next = progress
    next.memory = memory(of: progress, after: grade, at: moment)
    next.reviews = progress.reviews.saturatingAdding(1)
    next.lastReview = moment
    if progress.state == .review, grade == .again { next.lapses = progress.lapses.saturatingAdding(1) }
    return scheduled(next, as: following(progress.state, grade), card: card)
  }

  /// The probability that the card would be recalled on a day; nil for a card without memory.
  public func retrievability(of progress: CardProgress, on day: DayNumber) -> Double? {
    guard let memory = progress.memory, let last = progress.lastReview else { return nil }
    return model.retrievability(of: memory, afterDays: Double(last.day.days(to: day)))
  }

  /// The days that suit a card in review, counted from its last review.
  /// - Returns: nil for a card that is not in review.
  public func fuzzRange(of progress: CardProgress) -> FuzzRange? {
    guard progress.state == .review, let memory = progress.memory else { return nil }
    let interval = model.interval(for: memory, retention: options.desiredRetention)
    return FuzzRange(interval: interval, maximum: options.maximumInterval, spread: options.fuzz)
  }

  /// The fraction that decides the day of a card whose last answer is already counted.
  func fraction(of progress: CardProgress, card: Int64) -> Double {
    FuzzRange.fraction(card: card, reviews: progress.reviews.saturatingSubtracting(1).clamped(to: 0...Int.max))
  }
}

extension Scheduler {
  /// The state an answer leads to, with its wait in seconds where it is a step.
  private enum Following {
    case learning(Steps.Position)
    case relearning(Steps.Position)
    case review
    case suspended
  }

  private func following(_ state: CardState, _ grade: Grade) -> Following {
    let learning = Steps(seconds: options.learningSteps)
    let relearning = Steps(seconds: options.relearningSteps)
    switch state {
    case .new: return learning.after(0, grade).map(Following.learning) ?? .review
    case .learning(let step): return learning.after(step, grade).map(Following.learning) ?? .review
    case .relearning(let step): return relearning.after(step, grade).map(Following.relearning) ?? .review
    case .review: return grade.isRecalled ? .review : relearning.first.map(Following.relearning) ?? .review
    case .suspended: return .suspended
    }
  }

  private func memory(of progress: CardProgress, after grade: Grade, at moment: Moment) -> MemoryState {
    guard let memory = progress.memory, let last = progress.lastReview else { return model.first(grade) }
    return model.next(after: memory, grade: grade, elapsedDays: last.day.days(to: moment.day))
  }

  private func scheduled(_ progress: CardProgress, as following: Following, card: Int64) -> CardProgress {
    var next = progress
    switch following {
    case .learning(let position):
      next.state = .learning(step: position.index)
      next.due = due(after: position, of: next)
    case .relearning(let position):
      next.state = .relearning(step: position.index)
      next.due = due(after: position, of: next)
    case .review:
      return inReview(next, card: card)
    case .suspended:
      next.due = nil
    }
    return next
  }

  private func due(after position: Steps.Position, of progress: CardProgress) -> Due? {
    progress.lastReview.map { .instant($0.instant.saturatingAdding(Int64(position.wait) * 1_000_000)) }
  }

  /// The card in review, due on the day its memory and its fraction choose.
  func inReview(_ progress: CardProgress, card: Int64) -> CardProgress {
    var next = progress
    next.state = .review
    next.due = nil
    if let range = fuzzRange(of: next), let last = next.lastReview {
      next.due = .day(last.day.advanced(by: range.pick(fraction(of: next, card: card))))
    }
    return next
  }
}
