extension ReviewHistory {
  /// The reviews of one card as its events tell them: since the last reset, without practice and without what was taken back.
  ///
  /// A history that begins with imported memory cannot be trained on and is left empty. Takes O(n log n) time for n events.
  public init(events: some Sequence<ReviewEvent>) {
    var seen: Set<EventID> = []
    let sorted = events.sorted().filter { seen.insert($0.id).inserted }
    let undone = Set(sorted.compactMap { if case .undo(let target) = $0.kind { target } else { nil } })
    var reviews: [Review] = []
    var day: DayNumber?
    var isForeign = false
    for event in sorted where !undone.contains(event.id) {
      switch event.kind {
      case .review(let grade):
        reviews.append(Review(grade: grade, elapsedDays: day.map { $0.days(to: event.moment.day) } ?? 0, time: event.moment.instant))
        day = event.moment.day
      case .reset: (reviews, day, isForeign) = ([], nil, false)
      case .import: isForeign = true
      case .practice, .undo, .place: continue
      }
    }
    self.init(isForeign ? [] : reviews)
  }
}
