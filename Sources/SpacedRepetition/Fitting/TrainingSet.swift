/// Histories laid out for training: all reviews of a card in a row, with a weight on each that is to be predicted.
///
/// The items of a card are prefixes of one another, so one walk along the card serves all of them, forward and back.
struct TrainingSet: Sendable {
  /// One card: where its reviews lie, and how many of them are predicted.
  struct Chain: Sendable {
    let reviews: Range<Int>
    let items: Int
  }
  private(set) var chains: [Chain] = []
  private(set) var grades: [Int8] = []
  private(set) var days: [Double] = []
  /// 0 for a review that is not predicted.
  private(set) var weights: [Double] = []
  /// How many items there are.
  let count: Int

  /// Reviews beyond this many of one card are left out.
  static let longest = 256

  /// - Parameters:
  ///   - items: in order of time; the later, the more they weigh: from 0.25 to 1 with the cube of their place.
  ///   - recency: false gives every item the weight 1.
  init(_ histories: [ReviewHistory], _ items: [TrainingItem], recency: Bool = true) {
    var byHistory = [[(place: Int, weight: Double)]](repeating: [], count: histories.count)
    let last = Double(max(items.count - 1, 1))
    for (number, item) in items.enumerated() where item.place < Self.longest {
      let share = Double(number) / last
      byHistory[item.history].append((item.place, recency ? 0.25 + 0.75 * share * share * share : 1))
    }
    var count = 0
    for (history, labelled) in zip(histories, byHistory) {
      guard let end = labelled.map(\.place).max() else { continue }
      let start = grades.count
      for place in 0...end {
        grades.append(Int8(truncatingIfNeeded: history.reviews[place].grade.rawValue))
        days.append(Double(history.days(place)))
        weights.append(0)
      }
      for (place, weight) in labelled { weights[start + place] = weight }
      chains.append(Chain(reviews: start..<grades.count, items: labelled.count))
      count += labelled.count
    }
    self.count = count
  }
}
