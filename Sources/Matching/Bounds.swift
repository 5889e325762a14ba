/// Ranges that outside data is brought into before arithmetic, so that no product can overflow.
enum Bounds {
  static let minutes = 0...1_000_000_000
  static let session = 0...1440
  static let count = 0...1_000_000
  static let level = 0...5
  static let seniority = -1_000_000...1_000_000
}

extension Comparable {
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
