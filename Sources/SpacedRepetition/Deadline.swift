extension Scheduler {
  /// When a card should come up so that it is known on a certain day (a session, an exam).
  ///
  /// A card that would be below the desired retention on that day is due on the eve at the latest; memory is untouched.
  /// - Returns: nil for a card that has no due time.
  public func due(of progress: CardProgress, knownOn deadline: DayNumber) -> Due? {
    guard case .day(let day) = progress.due, let recall = retrievability(of: progress, on: deadline) else { return progress.due }
    guard recall < options.desiredRetention else { return progress.due }
    return .day(min(day, deadline.advanced(by: -1)))
  }
}
